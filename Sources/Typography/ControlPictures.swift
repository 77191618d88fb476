extension Unicode.Scalar {
  /// The picture of a control character, which would be an order to a terminal; itself otherwise.
  package var withoutControl: Unicode.Scalar {
    switch value {
    case 0..<0x20: Unicode.Scalar(0x2400 + value)!
    case 0x7F: "␡"
    case 0x80..<0xA0: "\u{FFFD}"
    default: self
    }
  }
}

extension String {
  /// The text with pictures for control characters, but for tabs and the ends of lines.
  package var withoutControls: String {
    guard unicodeScalars.contains(where: { $0.isUnwanted }) else { return self }
    var shown = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      shown.append(scalar.isUnwanted ? scalar.withoutControl : scalar)
    }
    return String(shown)
  }
}

extension Unicode.Scalar {
  fileprivate var isUnwanted: Bool {
    (value < 0x20 && value != 0x0A && value != 0x09) || (0x7F..<0xA0).contains(value)
  }
}
