extension Unicode.Scalar {
  /// Columns of a terminal that the scalar takes.
  var cellWidth: Int {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: break
    }
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF,
      0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}

extension String {
  /// Columns of a terminal that the text takes on one line.
  var cellWidth: Int { unicodeScalars.reduce(0) { $0 + $1.cellWidth } }
}

extension String {
  /// Columns that the text takes on a terminal, which shows no escape sequences.
  var columnsOnTerminal: Int {
    var columns = 0
    var isEscape = false
    for scalar in unicodeScalars {
      if scalar == "\u{1B}" {
        isEscape = true
      } else if isEscape {
        isEscape = !scalar.properties.isAlphabetic
      } else {
        columns += scalar.cellWidth
      }
    }
    return columns
  }
}
