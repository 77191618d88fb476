import Typography

/// What the place that shows figures can do.
package struct RenderContext: Sendable, Hashable {
  package enum CanvasKind: Sendable, Hashable, CaseIterable {
    case ascii, braille, blocks
  }

  /// A protocol for real pixels in a terminal.
  package enum Graphics: Sendable, Hashable {
    case none, kitty, iTerm, sixel
  }

  /// Columns that a line may take, kept within 40…300.
  package var width: Int { didSet { width = Self.clamped(width) } }
  /// Whether text beyond ASCII may be written; without it, charts are ASCII too.
  package var unicode: Bool
  package var color: Bool
  /// Whether 24-bit colours are understood; otherwise 256 colours are used.
  package var trueColor: Bool
  package var graphics: Graphics
  package var canvas: CanvasKind
  /// Prints a description in words under each figure.
  package var describesFigures: Bool

  package init(
    width: Int = 80, unicode: Bool = true, color: Bool = false, trueColor: Bool = false,
    graphics: Graphics = .none, canvas: CanvasKind = .ascii, describesFigures: Bool = false
  ) {
    self.width = Self.clamped(width)
    self.unicode = unicode
    self.color = color
    self.trueColor = trueColor
    self.graphics = graphics
    self.canvas = canvas
    self.describesFigures = describesFigures
  }

  /// Lessons, pipes and files: 80 columns, ASCII charts, no colour.
  package static let headless = RenderContext()

  /// The canvas that charts draw on here.
  package var usableCanvas: CanvasKind { unicode ? canvas : .ascii }

  func makeCanvas(columns: Int, rows: Int) -> any Canvas {
    switch usableCanvas {
    case .ascii: ASCIICanvas(columns: columns, rows: rows)
    case .braille: BrailleCanvas(columns: columns, rows: rows)
    case .blocks: BlockCanvas(columns: columns, rows: rows)
    }
  }

  /// Text as this place can show it. What a file or a program holds gives no orders to a terminal.
  func spelled(_ text: String) -> String {
    let text = text.withoutControls
    return unicode ? text : ASCIIFallback.text(text)
  }

  private static func clamped(_ width: Int) -> Int { min(max(width, 40), 300) }
}
