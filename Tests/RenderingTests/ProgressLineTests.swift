import Testing
import Typography

@testable import Rendering

@Suite struct ProgressLineTests {
  private func line(
    _ step: Int, of count: Int, width: Int, curves: Int = 2, unicode: Bool = true
  ) -> String {
    let snapshot = ProgressSnapshot(
      step: step, stepCount: count, elapsedSeconds: Double(step) / 52,
      curves: (0..<curves).map {
        ProgressSnapshot.Curve(name: "loss\($0)", history: Samples.loss(200, floor: 0.1))
      })
    return ProgressLine.text(snapshot, RenderContext(width: width, unicode: unicode))
  }

  @Test func looksAsItDid() throws {
    let lines = [40, 60, 80, 120, 200].flatMap { width in
      [true, false].map { line(340, of: 1000, width: width, unicode: $0) }
    }
    try expectGolden("progress", lines.joined(separator: "\n") + "\n")
  }

  @Test func fitsEveryWidth() {
    for width in 40...300 {
      for (step, count) in [(0, 0), (0, 10), (7, 10), (10, 10), (123_456, 1_000_000)] {
        for curves in [0, 1, 3, 9] {
          let text = line(step, of: count, width: width, curves: curves)
          #expect(DisplayWidth.of(text) <= width && !text.contains("\n"))
        }
      }
    }
  }

  @Test func strangeValuesDraw() {
    let snapshot = ProgressSnapshot(
      step: 5, stepCount: 3, elapsedSeconds: .nan,
      curves: [.init(name: String(repeating: "long", count: 30), history: [.nan, .infinity])])
    #expect(DisplayWidth.of(ProgressLine.text(snapshot, RenderContext(width: 40))) <= 40)
  }

  @Test func durationsReadWell() {
    #expect(
      [0, 11.2, 60, 200, 7500, .infinity].map(ProgressLine.duration)
        == ["0 s", "12 s", "1 min 0 s", "3 min 20 s", "2 h 5 min", "-"])
  }

  @Test func sparklinesFollowTheCurve() {
    #expect(Sparkline.text([0, 1, 2, 3, 4, 5, 6, 7], width: 8, unicode: true) == "▁▂▃▄▅▆▇█")
    #expect(Sparkline.text([0, .nan, 3], width: 8, unicode: false) == "_ '")
    #expect(Sparkline.text([2, 2, 2, 2], width: 2, unicode: true) == "▁▁")
    #expect(Sparkline.text([], width: 8, unicode: true) == "")
  }
}
