import Typography

/// How far something has come, as a progress line shows it.
package struct ProgressSnapshot: Sendable, Hashable {
  package struct Curve: Sendable, Hashable {
    package var name: String
    /// Values so far, the latest last; a short history is enough.
    package var history: [Float]

    package init(name: String, history: [Float]) {
      self.name = name
      self.history = history
    }
  }

  package var step: Int
  package var stepCount: Int
  package var elapsedSeconds: Double
  package var curves: [Curve]

  package init(step: Int, stepCount: Int, elapsedSeconds: Double, curves: [Curve] = []) {
    self.step = step
    self.stepCount = stepCount
    self.elapsedSeconds = elapsedSeconds
    self.curves = curves
  }
}

/// One line that says how training goes: bar, steps, rate, time left, and each curve.
package enum ProgressLine {
  private static let shortestBar = 6
  private static let fairBar = 12
  private static let longestBar = 30
  private static let longestSparkline = 16
  private static let shortestSparkline = 5
  private static let longestName = 14
  /// Columns of most values, so that what stands behind one does not move with its digits.
  private static let valueColumns = 6

  /// The line, never wider than the context's width; what matters less is left out first.
  package static func text(_ snapshot: ProgressSnapshot, _ context: RenderContext) -> String {
    let grid = grid(snapshot, context)
    return context.color ? ANSIRenderer(context).line(grid.row(0)) : grid.lines[0]
  }

  static func grid(_ snapshot: ProgressSnapshot, _ context: RenderContext) -> TextGrid {
    let pieces = chosenPieces(snapshot, context)
    var spare = context.width - shortestBar - 2 - pieces.reduce(0) { $0 + $1.leastWidth }
    var bar = shortestBar + min(max(spare, 0), fairBar - shortestBar)
    spare -= bar - shortestBar
    let curveCount = max(pieces.count { !$0.history.isEmpty }, 1)
    let sparkline = min(shortestSparkline + max(spare, 0) / curveCount, longestSparkline)
    spare -= (sparkline - shortestSparkline) * curveCount
    bar += min(max(spare, 0), longestBar - bar)
    var grid = TextGrid(width: context.width, height: 1)
    var column = putBar(snapshot, width: bar, context, in: &grid)
    for piece in pieces {
      grid.put(piece.text, column: column + 2, row: 0)
      column += piece.width
      if !piece.history.isEmpty {
        let curve = Sparkline.text(piece.history, width: sparkline, unicode: context.unicode)
        grid.put(curve, column: column + 1, row: 0, style: Style(.series(piece.series)))
        column += 1 + sparkline
      }
    }
    return grid
  }

  private struct Piece {
    var text: String
    var history: [Float] = []
    var series = 0
    /// The piece with the two spaces before it.
    var width: Int { DisplayWidth.of(text) + 2 }
    var leastWidth: Int { width + (history.isEmpty ? 0 : shortestSparkline + 1) }
  }

  /// As many pieces as fit beside the shortest bar, chosen by importance, shown in reading order.
  private static func chosenPieces(
    _ snapshot: ProgressSnapshot, _ context: RenderContext
  ) -> [Piece] {
    let steps = Piece(text: stepText(snapshot))
    let rate = rateText(snapshot).map { Piece(text: $0) }
    let left = leftText(snapshot).map { Piece(text: $0) }
    let curves = snapshot.curves.enumerated().map { index, curve in
      let value = curve.history.last.map { NumberFormat.format($0, significant: 4) } ?? "-"
      let name = DisplayWidth.truncate(
        context.spelled(curve.name), to: longestName, unicode: context.unicode)
      return Piece(
        text: name + " " + DisplayWidth.padRight(value, to: valueColumns), history: curve.history,
        series: index)
    }
    var room = context.width - shortestBar - 2
    func fits(_ piece: Piece?) -> Piece? {
      guard var piece, piece.width <= room else { return nil }
      // Where a curve has no room, its value still may.
      if piece.leastWidth > room { piece.history = [] }
      room -= piece.leastWidth
      return piece
    }
    let shownSteps = fits(steps)
    let firstCurve = fits(curves.first)
    let shownLeft = fits(left)
    let shownRate = fits(rate)
    let shownCurves = [firstCurve].compactMap(\.self) + curves.dropFirst().compactMap(fits)
    let hidden = curves.count - shownCurves.count
    let rest = hidden > 0 ? fits(Piece(text: "+\(hidden)")) : nil
    return [shownSteps, shownRate, shownLeft].compactMap(\.self) + shownCurves
      + [rest].compactMap(\.self)
  }

  private static func putBar(
    _ snapshot: ProgressSnapshot, width: Int, _ context: RenderContext, in grid: inout TextGrid
  ) -> Int {
    let share =
      snapshot.stepCount > 0
      ? min(max(Double(snapshot.step) / Double(snapshot.stepCount), 0), 1) : 0
    let filled = Int((share * Double(width)).rounded(.down))
    let done = String(repeating: context.unicode ? "━" : "#", count: filled)
    let rest = String(repeating: context.unicode ? "┄" : ".", count: width - filled)
    grid.put(done, column: 0, row: 0, style: Style(.series(0)))
    grid.put(rest, column: filled, row: 0, style: .faint)
    return width
  }

  private static func stepText(_ snapshot: ProgressSnapshot) -> String {
    let total = NumberFormat.grouped(snapshot.stepCount)
    // As wide at the first step as at the last, so that nothing behind it moves.
    return DisplayWidth.padLeft(NumberFormat.grouped(snapshot.step), to: total.count) + "/" + total
  }

  private static func rateText(_ snapshot: ProgressSnapshot) -> String? {
    guard snapshot.step > 0, snapshot.elapsedSeconds > 0 else { return nil }
    let rate = Double(snapshot.step) / snapshot.elapsedSeconds
    let text =
      rate >= 100
      ? NumberFormat.grouped(Int(min(rate, 1e12).rounded()))
      : NumberFormat.format(rate, significant: 2)
    return text + "/s"
  }

  private static func leftText(_ snapshot: ProgressSnapshot) -> String? {
    guard snapshot.step > 0, snapshot.step < snapshot.stepCount else { return nil }
    let perStep = snapshot.elapsedSeconds / Double(snapshot.step)
    return duration(perStep * Double(snapshot.stepCount - snapshot.step)) + " left"
  }

  /// `12 s`, `3 min 20 s`, `2 h 5 min`.
  package static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0 else { return "-" }
    let whole = Int(min(seconds, 1e9).rounded(.up))
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
    return "\(NumberFormat.grouped(whole / 3600)) h \(whole % 3600 / 60) min"
  }
}
