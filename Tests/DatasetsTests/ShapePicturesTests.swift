import Testing

@testable import Datasets

@Suite struct ShapePicturesTests {
  /// Factors spread evenly over their ranges.
  private static let figures: [ShapePictures.Figure] = (0..<60).map { index in
    func part(_ stride: Float) -> Float {
      (Float(index) * stride).truncatingRemainder(dividingBy: 1)
    }
    return ShapePictures.Figure(
      (Float(index % 3) / 3 + 0.1, part(0.618034), part(0.754878), part(0.569840), part(0.819173)))
  }

  @Test(arguments: [16, 32])
  func picturesShowTheirFactors(_ side: Int) {
    for figure in Self.figures {
      let pixels = ShapePictures.draw(figure, side: side)
      #expect(pixels.count == side * side)
      #expect(pixels.allSatisfy { (0...1).contains($0) })
      #expect(abs(pixels.max()! - figure.brightness) < 1e-6)
      let mass = pixels.reduce(0, +)
      var (x, y): (Float, Float) = (0, 0)
      for (index, pixel) in pixels.enumerated() {
        x += pixel * (Float(index % side) + 0.5)
        y += pixel * (Float(index / side) + 0.5)
      }
      // The center of mass is the center, to a fifth of a pixel.
      #expect(abs(x / mass - figure.x * Float(side)) < 0.2)
      #expect(abs(y / mass - figure.y * Float(side)) < 0.2)
      // All kinds cover π·size²; edges one pixel wide round the corners off.
      let area = mass / figure.brightness
      let expected = Float.pi * figure.size * figure.size * Float(side * side)
      #expect(abs(area - expected) < 0.08 * expected, "\(figure)")
    }
  }

  @Test func nothingTouchesTheEdge() {
    for figure in Self.figures {
      let pixels = ShapePictures.draw(figure, side: 16)
      for index in 0..<16 {
        #expect(pixels[index] == 0 && pixels[240 + index] == 0)
        #expect(pixels[16 * index] == 0 && pixels[16 * index + 15] == 0)
      }
    }
  }

  @Test func allKindsAndOnlyTheyAreMade() {
    #expect(Set(Self.figures.map(\.kind)) == [0, 1, 2])
    let edge = ShapePictures.Figure((0.9999999, 0, 0, 0, 0))
    #expect(edge.kind == ShapePictures.kinds.count - 1)
  }
}
