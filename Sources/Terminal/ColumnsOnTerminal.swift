import Typography

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
        columns += DisplayWidth.of(scalar)
      }
    }
    return columns
  }
}
