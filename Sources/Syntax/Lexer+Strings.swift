extension Lexer {
  mutating func lexString(_ start: Int, _ isSpaced: Bool) {
    position += 1
    var segments: [StringSegment] = []
    var text = String.UnicodeScalarView()
    while let scalar = peek(), scalar != "\n" {
      position += 1
      if scalar == "\"" {
        if !text.isEmpty { segments.append(.text(String(text))) }
        return add(.string(segments), from: start, isSpaced)
      }
      if scalar == "\\" {
        lexEscape(into: &text)
      } else if scalar == "{", peek() == "{" {
        position += 1
        text.append("{")
      } else if scalar == "}", peek() == "}" {
        position += 1
        text.append("}")
      } else if scalar == "{" {
        if !text.isEmpty { segments.append(.text(String(text))) }
        text = String.UnicodeScalarView()
        let open = position - 1
        guard let braces = lexBraces() else {
          faults.append((.unclosedInString, Span(offsets[open], offsets[open + 1])))
          return add(.string(segments), from: start, isSpaced)
        }
        segments.append(braces)
      } else {
        text.append(scalar)
      }
    }
    fault(.unterminatedString, from: start)
    add(.string(segments), from: start, isSpaced)
  }

  private mutating func lexEscape(into text: inout String.UnicodeScalarView) {
    let start = position - 1
    guard let scalar = peek(), scalar != "\n" else { return }
    position += 1
    switch scalar {
    case "n": text.append("\n")
    case "t": text.append("\t")
    case "\"", "\\", "{", "}": text.append(scalar)
    case "u" where peek() == "{":
      position += 1
      var digits = ""
      while let digit = peek(), digit != "}", digit != "\n", digits.count < 8 {
        digits.unicodeScalars.append(digit)
        position += 1
      }
      if peek() == "}" { position += 1 }
      if let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value) {
        text.append(scalar)
      } else {
        fault(.badEscape(self.text(from: start)), from: start)
      }
    default: fault(.badEscape(self.text(from: start)), from: start)
    }
  }

  /// Finds the end of `expression:format}`; a colon inside brackets or a string is not a format's.
  private mutating func lexBraces() -> StringSegment? {
    let start = position
    var depth = 0
    var formatStart: Int?
    while let scalar = peek(), scalar != "\n" {
      if depth == 0, scalar == "}" {
        let end = formatStart ?? position
        let format = formatStart.map {
          String(String.UnicodeScalarView(scalars[($0 + 1)..<position]))
        }
        position += 1
        return .braces(expression: Span(offsets[start], offsets[end]), format: format)
      }
      if depth == 0, scalar == ":", formatStart == nil { formatStart = position }
      if scalar == "\"" {
        position += 1
        while let inner = peek(), inner != "\"", inner != "\n" { position += inner == "\\" ? 2 : 1 }
        position = min(position, scalars.count)
      }
      if "([{".unicodeScalars.contains(scalar) { depth += 1 }
      if ")]}".unicodeScalars.contains(scalar) { depth -= 1 }
      position = min(position + 1, scalars.count)
    }
    return nil
  }
}
