import Typography

/// Charts as SVG for pages: scalable, readable in light and dark, described in words.
package struct SVGRenderer: Sendable {
  /// Size of the drawing in its own units; a page scales it.
  package var width: Double
  package var height: Double

  package init(width: Double = 640, height: Double = 400) {
    self.width = width
    self.height = height
  }

  /// One `svg` element.
  package func svg(_ chart: Chart) -> String {
    let body: SVGBody
    switch chart.content {
    case .plane(let layers):
      body = SVGPlane(chart: chart, layers: layers, width: width, height: height).body()
    case .bars(let bars): body = SVGCells(chart: chart, width: width).bars(bars)
    case .heatmap(let heatmap): body = SVGCells(chart: chart, width: width).heatmap(heatmap)
    case .confusion(let matrix): body = SVGCells(chart: chart, width: width).confusion(matrix)
    }
    let words = SVGBody.escaped(Description.describe(chart))
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"\(words)\" "
      + "viewBox=\"0 0 \(SVGBody.number(width)) \(SVGBody.number(body.height))\" "
      + "style=\"font: 12px system-ui, sans-serif; fill: currentColor; stroke: none\">\n"
      + body.text + "</svg>\n"
  }
}

/// SVG elements as they are written, one to a line.
struct SVGBody {
  private(set) var text = ""
  var height: Double

  enum Anchor: String { case start, middle, end }

  init(height: Double) { self.height = height }

  static let faint = "#888888"

  /// About the width of a column of text: a little more than a letter takes, because a phone shows
  /// letters larger.
  static let letter = 8.0

  static func width(of text: String) -> Double { letter * Double(DisplayWidth.of(text)) }

  static func number(_ value: Double) -> String {
    NumberFormat.format((value * 100).rounded() / 100, significant: 7)
  }

  static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.append(character)
      }
    }
    return result
  }

  mutating func write(
    _ content: String, x: Double, y: Double, anchor: Anchor = .start, isBold: Bool = false,
    color: String? = nil
  ) {
    let weight = isBold ? " font-weight=\"600\"" : ""
    let fill = color.map { " fill=\"\($0)\"" } ?? ""
    text +=
      "<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" "
      + "text-anchor=\"\(anchor.rawValue)\"\(weight)\(fill)>\(Self.escaped(content))</text>\n"
  }

  mutating func line(
    _ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double, color: String = faint,
    dashes: Bool = false, thickness: Double = 1
  ) {
    text +=
      "<line x1=\"\(Self.number(x0))\" y1=\"\(Self.number(y0))\" x2=\"\(Self.number(x1))\" "
      + "y2=\"\(Self.number(y1))\" stroke=\"\(color)\" stroke-width=\"\(Self.number(thickness))\""
      + (dashes ? " stroke-dasharray=\"4 4\"" : "") + "/>\n"
  }

  mutating func rectangle(
    x: Double, y: Double, width: Double, height: Double, color: String, opacity: Double = 1
  ) {
    text +=
      "<rect x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" width=\"\(Self.number(width))\" "
      + "height=\"\(Self.number(height))\" fill=\"\(color)\""
      + (opacity < 1 ? " fill-opacity=\"\(Self.number(opacity))\"" : "") + "/>\n"
  }

  mutating func circle(x: Double, y: Double, radius: Double, color: String) {
    text +=
      "<circle cx=\"\(Self.number(x))\" cy=\"\(Self.number(y))\" "
      + "r=\"\(Self.number(radius))\" fill=\"\(color)\" fill-opacity=\"0.75\"/>\n"
  }

  mutating func triangle(
    _ a: (x: Double, y: Double), _ b: (x: Double, y: Double), _ c: (x: Double, y: Double),
    color: String
  ) {
    let corners = [a, b, c].map { "\(Self.number($0.x)),\(Self.number($0.y))" }
    text += "<polygon points=\"\(corners.joined(separator: " "))\" fill=\"\(color)\"/>\n"
  }

  static func scaleWidth(_ range: ClosedRange<Double>) -> Double {
    let low = Shade.endLabel(range.lowerBound, range)
    let high = Shade.endLabel(range.upperBound, range)
    return 112 + width(of: low) + width(of: high)
  }

  /// A strip of all shades between the values that its ends stand for; one shade if there is one
  /// value.
  mutating func scale(_ range: ClosedRange<Double>, x: Double, y: Double) {
    let low = Shade.endLabel(range.lowerBound, range)
    guard range.lowerBound < range.upperBound else {
      rectangle(x: x, y: y, width: 12, height: 12, color: Self.color(0.5))
      return write(low, x: x + 18, y: y + 10)
    }
    let start = x + Self.width(of: low) + 6
    write(low, x: x, y: y + 10)
    for step in 0..<20 {
      rectangle(
        x: start + Double(step) * 5, y: y, width: 5, height: 12,
        color: Self.color(Double(step) / 19))
    }
    write(Shade.endLabel(range.upperBound, range), x: start + 106, y: y + 10)
  }

  /// Strokes along `commands`, the value of a path's `d`.
  mutating func path(
    _ commands: String, color: String, thickness: Double = 1.5, dashes: Bool = false
  ) {
    guard !commands.isEmpty else { return }
    text +=
      "<path d=\"\(commands)\" fill=\"none\" stroke=\"\(color)\" "
      + "stroke-width=\"\(Self.number(thickness))\" stroke-linejoin=\"round\""
      + (dashes ? " stroke-dasharray=\"5 3\"" : "") + "/>\n"
  }

  /// Pixels stretched over a rectangle, written into the page itself.
  mutating func picture(
    _ raster: Raster, x: Double, y: Double, width: Double, height: Double,
    hasSharpPixels: Bool = false
  ) {
    let encoded = String(decoding: Base64.encode(PNG.encode(raster)), as: UTF8.self)
    text +=
      "<image x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" "
      + "width=\"\(Self.number(width))\" height=\"\(Self.number(height))\" "
      + "preserveAspectRatio=\"none\" "
      + (hasSharpPixels ? "style=\"image-rendering: pixelated\" " : "")
      + "href=\"data:image/png;base64,\(encoded)\"/>\n"
  }

  /// The colour of what has no value.
  static let unknown = "#888888"

  static func strokeColor(_ share: Double) -> String {
    Palette.strokeColor(ofLevel: Shade.byte(share)).hex
  }

  static func color(_ level: Double) -> String { Palette.color(ofLevel: Shade.byte(level)).hex }
}
