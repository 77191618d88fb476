/// Pictures of one bright figure each, drawn from five known factors: what a representation that
/// tells factors apart should find again.
///
/// Source: in the manner of dSprites (Matthey et al. 2017), with fewer factors and grey edges.
package struct ShapePictures {
  package static let kinds = ["disc", "square", "triangle"]

  /// The factors of one picture. Lengths are in sides of the picture.
  package struct Figure {
    /// Index of `kinds`.
    package let kind: Int
    /// Center, from the left and from the top.
    package let x: Float
    package let y: Float
    /// Radius of the disc; the other figures cover the same area.
    package let size: Float
    /// Value of the inside, 0 … 1.
    package let brightness: Float

    /// A figure that lies inside the picture, from five numbers in [0, 1).
    package init(_ numbers: (Float, Float, Float, Float, Float)) {
      kind = min(Int(numbers.0 * 3), 2)
      // A triangle reaches 1.56 times its size up, and its grey edge half a pixel further.
      size = 0.11 + 0.075 * numbers.3
      x = 0.32 + 0.36 * numbers.1
      y = 0.32 + 0.36 * numbers.2
      brightness = 0.5 + 0.5 * numbers.4
    }
  }

  /// The pixels in rows, `side`², each the brightness times the share of the pixel inside.
  package static func draw(_ figure: Figure, side: Int) -> [Float] {
    let scale = Float(side)
    var pixels: [Float] = []
    pixels.reserveCapacity(side * side)
    for row in 0..<side {
      for column in 0..<side {
        let dx = Float(column) + 0.5 - figure.x * scale
        let dy = Float(row) + 0.5 - figure.y * scale
        let distance = distance(figure.kind, dx, dy, figure.size * scale)
        pixels.append(figure.brightness * max(0, min(1, 0.5 - distance)))
      }
    }
    return pixels
  }

  /// Pixels from the edge, negative inside. Only what rounds alike on every machine: no roots but
  /// the square root.
  private static func distance(_ kind: Int, _ dx: Float, _ dy: Float, _ radius: Float) -> Float {
    switch kind {
    case 0: return (dx * dx + dy * dy).squareRoot() - radius
    // A square of equal area has half a side of √π/2 · r.
    case 1: return max(abs(dx), abs(dy)) - 0.8862269 * radius
    // An equilateral triangle of equal area has its center 0.7776 r from each side.
    default:
      let slanted = 0.8660254 * abs(dx) - 0.5 * dy
      return max(slanted, dy) - 0.7775604 * radius
    }
  }
}
