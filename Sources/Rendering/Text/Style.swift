/// What a piece of text means for its colour; a renderer decides which colour that is.
package enum Ink: Sendable, Hashable {
  /// The colour of one series or class of a chart.
  case series(Int)
  /// Axes, ticks and other things in the background.
  case faint
  /// A place on the sequential colour map, from 0 (low) to 255 (high).
  case level(UInt8)
  /// A place on the map for thin lines and glyphs, which reads on light and on dark ground.
  case stroke(UInt8)
  case rgb(UInt8, UInt8, UInt8)
  /// The name of an error, and marks under what is wrong.
  case wrong
  /// A way on, or a success.
  case right
}

/// The look of one character.
package struct Style: Sendable, Hashable {
  package var ink: Ink?
  package var background: Ink?
  package var isBold: Bool

  package init(_ ink: Ink? = nil, background: Ink? = nil, isBold: Bool = false) {
    self.ink = ink
    self.background = background
    self.isBold = isBold
  }

  package static let plain = Style()
  package static let faint = Style(.faint)
  package static let title = Style(isBold: true)
}
