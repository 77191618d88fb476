/// Cutting straight lines at the edges of the plot.
enum Clipping {
  typealias Point = (x: Double, y: Double)

  /// The part of a line inside the unit square, a little widened so that edges stay drawn.
  static func clip(_ start: Point, _ end: Point) -> (Point, Point)? {
    let low = -1e-6
    let high = 1 + 1e-6
    let dx = end.x - start.x
    let dy = end.y - start.y
    var enter = 0.0
    var leave = 1.0
    for (step, room) in [
      (-dx, start.x - low), (dx, high - start.x), (-dy, start.y - low), (dy, high - start.y),
    ] {
      if step == 0 {
        if room < 0 { return nil }
      } else if step < 0 {
        enter = max(enter, room / step)
      } else {
        leave = min(leave, room / step)
      }
    }
    guard enter <= leave else { return nil }
    return (
      (start.x + enter * dx, start.y + enter * dy), (start.x + leave * dx, start.y + leave * dy)
    )
  }
}
