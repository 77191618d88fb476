import CLibEdit

/// Inputs that are taller than the screen.
///
/// libedit cannot place its cursor in a buffer that does not fit, so it gets the lines around the
/// cursor, and the lines above and below wait here.
extension LibEditEditor {
  /// The whole input, what the screen does not show included.
  var whole: LineMovement {
    LineMovement(cells: linesAbove + cells + linesBelow, cursor: linesAbove.count + cursor)
  }

  /// Whether libedit holds more than fits, and less would do.
  var isTooTall: Bool {
    guard ScreenRows.count(of: cells, promptWidth: promptWidth, width: width()) > windowHeight
    else { return false }
    return window(of: whole).count < cells.count
  }

  /// Whether a function of libedit has left half a newline.
  var isTorn: Bool {
    cells.contains(where: CellText.newline.contains)
      && LineMovement(cells: cells, cursor: 0).repaired.cells != cells
  }

  /// Gives libedit as much of the input as fits, with the cursor in it.
  func show(_ input: LineMovement) {
    place(input, window: window(of: input))
  }

  /// Gives libedit the whole input, for functions of its own that replace it.
  func showWhole() {
    guard !linesAbove.isEmpty || !linesBelow.isEmpty else { return }
    let input = whole
    place(input, window: 0..<input.cells.count)
  }

  private var windowHeight: Int { max(height() - 1, 2) }

  private func window(of input: LineMovement) -> Range<Int> {
    ScreenRows.window(
      of: input.cells, cursor: input.cursor, lastStart: linesAbove.count,
      promptWidth: promptWidth, width: width(), height: windowHeight)
  }

  private func place(_ input: LineMovement, window: Range<Int>) {
    move(to: cells.count)
    el_deletestr(editor, Int32(cells.count))
    linesAbove = Array(input.cells[..<window.lowerBound])
    linesBelow = Array(input.cells[window.upperBound...])
    insert(Array(input.cells[window]))
    move(to: input.cursor - window.lowerBound)
  }
}
