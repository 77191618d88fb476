import Testing
import Typography

@testable import Rendering

/// Random figures: whatever the data and the options, every line is as wide as was asked.
@Suite struct FigureFuzzTests {
  private struct Dice {
    var state: UInt64

    /// Source: splitmix64, https://doi.org/10.1145/2714064.2660195
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }

    mutating func roll(_ sides: Int) -> Int { Int(next() % UInt64(sides)) }
    mutating func one<T>(of choices: [T]) -> T { choices[roll(choices.count)] }

    /// Ordinary most of the time, and otherwise whatever a float can be.
    mutating func number() -> Float {
      roll(4) > 0
        ? Float(roll(2_000)) / 100 - 10
        : one(of: [
          .nan, .infinity, -.infinity, 0, 1e30, -1e30, 1e-30, 1e-45, .greatestFiniteMagnitude,
        ])
    }

    mutating func numbers() -> [Float] { (0..<one(of: [0, 1, 2, 7, 30])).map { _ in number() } }

    mutating func text() -> String? {
      one(of: [
        nil, "", "loss", "潜在変数の分布", "x\u{302}\u{308}", "a label that is longer than forty columns",
      ])
    }

    mutating func limits() -> ClosedRange<Float>? {
      guard roll(3) == 0 else { return nil }
      let (a, b) = (number(), number())
      return a.isFinite && b.isFinite && a != b ? min(a, b)...max(a, b) : nil
    }

    mutating func layer() -> Layer {
      let (xs, ys) = (numbers(), numbers())
      let classes = (0..<ys.count).map { _ in roll(30) }
      switch roll(8) {
      case 0, 1: return .line(Line(name: text(), xs: roll(2) == 0 ? nil : xs, ys: ys))
      case 2:
        return .points(
          Points(
            name: text(), xs: xs, ys: ys, classes: roll(2) == 0 ? nil : classes,
            classNames: roll(2) == 0 ? nil : [text() ?? "a"]))
      case 3: return .histogram(Histogram(name: text(), values: xs, scale: .density))
      case 4: return .density(Points(xs: xs, ys: ys))
      case 5: return .vectors(Vectors(xs: xs, ys: ys, us: ys, vs: xs))
      default:
        let field = Field(columns: xs.count, rows: 1, values: xs, xRange: 0...1, yRange: 0...2)
        return roll(2) == 0 ? .field(field) : .contour(field, levels: roll(2) == 0 ? nil : ys)
      }
    }

    mutating func axis() -> AxisOptions {
      AxisOptions(label: text(), limits: limits(), isLogarithmic: roll(3) == 0)
    }

    mutating func content() -> Chart.Content {
      let values = numbers()
      let labels = values.map { _ in text() ?? "b" }
      switch roll(6) {
      case 0: return .bars(Bars(labels: labels, values: values))
      case 1:
        return .heatmap(
          Heatmap(
            columns: values.count, rows: 1, values: values, rowLabels: [text() ?? ""],
            columnLabels: labels))
      default: return .plane((0...roll(3)).map { _ in layer() })
      }
    }

    mutating func chart() -> Chart {
      let values = numbers()
      return Chart(
        content(), title: text(), x: axis(), y: axis(),
        references: values.prefix(2).map { ReferenceLine(.vertical, at: $0, label: text()) },
        annotations: values.prefix(2).map {
          Annotation(x: $0, y: number(), text: text() ?? "")
        }, height: roll(2) == 0 ? nil : 3 + roll(20))
    }
  }

  private static func isEven(_ grid: TextGrid, _ width: Int) -> Bool {
    (0..<grid.height).allSatisfy { row in
      grid.row(row).reduce(0) {
        $0 + ($1 == .continuation ? 0 : DisplayWidth.of($1.character))
      } == width
    }
  }

  @Test(arguments: RenderContext.CanvasKind.allCases)
  func randomFiguresAreEven(_ canvas: RenderContext.CanvasKind) {
    var dice = Dice(state: 7)
    for number in 0..<1_000 {
      let chart = dice.chart()
      let width = dice.one(of: [40, 60, 61, 80, 119, 200, 300])
      var context = RenderContext(
        unicode: canvas != .ascii, color: dice.roll(2) == 0, canvas: canvas)
      context.width = width
      let grid = Figure.grid(.chart(chart), context, width: width)
      #expect(Self.isEven(grid, width), "figure \(number) at \(width): \(chart)")
      #expect(!Description.describe(chart).isEmpty)
    }
  }

  @Test func randomDrawingsHaveOnlyNumbers() {
    var dice = Dice(state: 11)
    for number in 0..<300 {
      let chart = dice.chart()
      let svg = SVGRenderer(width: dice.one(of: [340, 600]), height: 300).svg(chart)
      for word in ["\"nan", "\"inf", "\"-inf", "Mnan", "Lnan"] {
        #expect(!svg.contains(word), "drawing \(number): \(chart)")
      }
    }
  }
}
