import CLibEdit
import Evaluation

/// What libedit does after a key.
struct KeyEffect {
  let code: UInt8

  static let nothing = KeyEffect(code: UInt8(CC_NORM))
  static let cursor = KeyEffect(code: UInt8(CC_CURSOR))
  static let refresh = KeyEffect(code: UInt8(CC_REFRESH))
  static let refreshAndBeep = KeyEffect(code: UInt8(CC_REFRESH_BEEP))
  static let beep = KeyEffect(code: UInt8(CC_ERROR))
}

/// The keys that work differently from libedit's own.
extension LibEditEditor {
  var cells: [Unicode.Scalar] {
    guard let line = el_wline(editor)?.pointee else { return [] }
    return scalars(from: line.buffer, count: line.lastchar - line.buffer)
  }

  var cursor: Int {
    guard let line = el_wline(editor) else { return 0 }
    return line.pointee.cursor - line.pointee.buffer
  }

  func insert(_ cells: [Unicode.Scalar]) {
    el_winsertstr(editor, cells.wide)
  }

  func move(to place: Int) {
    el_cursor(editor, Int32(place - cursor))
  }

  func push(_ key: PrivateKey) {
    el_wpush(editor, [key.character, 0])
  }

  /// Enter: hands the input over, or opens a new line while it is incomplete.
  func accept() -> KeyEffect {
    let input = text.text(of: whole.cells)
    guard let assistant, assistant.wantsMore(after: input) else { return submit(input) }
    return openLine()
  }

  func openLine() -> KeyEffect {
    insert(CellText.newline + Array(repeating: " ", count: whole.nextIndentation))
    return .refresh
  }

  private func submit(_ input: String) -> KeyEffect {
    event = .text(trimmedInput(PastedText.cleaned(input, style: style)))
    push(.submit)
    return .refresh
  }

  func deleteBackwards() -> KeyEffect {
    let input = whole
    let count = input.backspaceCount
    guard count > 0 else { return .beep }
    if count <= cursor {
      el_deletestr(editor, Int32(count))
    } else {
      let start = input.cursor - count
      let rest = Array(input.cells[..<start] + input.cells[input.cursor...])
      show(LineMovement(cells: rest, cursor: start))
    }
    return .refresh
  }

  /// A closing brace on a line of its own stands under the line that opened it.
  func closeBrace() -> KeyEffect {
    el_deletestr(editor, Int32(whole.outdentCount))
    insert(["}"])
    return .refresh
  }

  /// Ctrl-K: the rest of the line; at its end, the newline.
  func killLine() -> KeyEffect {
    let input = whole
    let end = input.lineEnd > input.cursor ? input.lineEnd : input.right
    if input.lineEnd == input.cells.count {
      push(.killRest)
      return .nothing
    }
    let rest = Array(input.cells[..<input.cursor] + input.cells[end...])
    show(LineMovement(cells: rest, cursor: input.cursor))
    return .refresh
  }

  /// Ctrl-D: leaves when there is nothing, else deletes to the right.
  func deleteOrLeave() -> KeyEffect {
    if whole.cells.isEmpty {
      event = .endOfInput
      push(.submit)
    } else {
      push(.deleteNext)
    }
    return .nothing
  }

  func moveLeft() -> KeyEffect { moveCursor(to: whole.left) }
  func moveRight() -> KeyEffect { moveCursor(to: whole.right) }
  func moveToLineStart() -> KeyEffect { moveCursor(to: whole.lineStart) }
  func moveToLineEnd() -> KeyEffect { moveCursor(to: whole.lineEnd) }

  /// The line above, or the input before this one.
  func moveUp() -> KeyEffect {
    if let place = whole.up { return moveCursor(to: place) }
    showWhole()
    push(.previousInput)
    return .nothing
  }

  func moveDown() -> KeyEffect {
    if let place = whole.down { return moveCursor(to: place) }
    showWhole()
    push(.nextInput)
    return .nothing
  }

  /// Moves to a place of the whole input.
  private func moveCursor(to place: Int) -> KeyEffect {
    if (linesAbove.count...linesAbove.count + cells.count).contains(place) {
      move(to: place - linesAbove.count)
      return .cursor
    }
    show(LineMovement(cells: whole.cells, cursor: place))
    return .refresh
  }

  func fitWindow() -> KeyEffect {
    show(whole.repaired)
    return .refresh
  }

  /// Joins a combining mark to the character before the cursor.
  func combine() -> KeyEffect {
    guard let mark = combiningMark, cursor > 0 else { return .beep }
    combiningMark = nil
    var base = text.text(of: [cells[cursor - 1]])
    guard !base.isEmpty, base != "\n" else { return .beep }
    base.unicodeScalars.append(mark)
    el_deletestr(editor, 1)
    insert(text.cells(of: base))
    return .refresh
  }

  /// Puts pasted text into the buffer; whole lines that are a complete input are handed over.
  func insertPaste() -> KeyEffect {
    guard let pasted = paste else { return .beep }
    paste = nil
    let program = PastedText.cleaned(pasted, style: style)
    let isWholeLines = program.hasSuffix("\n")
    insert(text.cells(of: isWholeLines ? trimmedInput(program) : program))
    let result = whole
    let input = text.text(of: result.cells)
    if isWholeLines, result.cursor == result.cells.count, input.contains("\n"), let assistant,
      !assistant.isIncomplete(input)
    {
      return submit(input)
    }
    return .refresh
  }
}
