import Testing
import Typography

@testable import Rendering

/// Every line of every figure is exactly as wide as it was asked to be.
@Suite struct WidthTests {
  private static let widths = [40, 41, 59, 60, 61, 79, 80, 100, 121, 160, 200, 255, 299, 300]
  private static let figures =
    Samples.charts.map { ($0.name, Output.chart($0.chart)) } + AwkwardFigures.all

  private static let contexts = RenderContext.CanvasKind.allCases.flatMap { canvas in
    [true, false].map { RenderContext(unicode: canvas != .ascii, color: $0, canvas: canvas) }
  }

  @Test(arguments: widths)
  func linesAreEquallyWide(_ width: Int) {
    for context in Self.contexts {
      var context = context
      context.width = width
      for (name, output) in Self.figures {
        let grid = Figure.grid(output, context, width: width)
        let uneven = (0..<grid.height).filter { row in
          grid.row(row).reduce(0) {
            $0 + ($1 == .continuation ? 0 : DisplayWidth.of($1.character))
          } != width
        }
        #expect(uneven.isEmpty, "\(name) at \(width), \(context.canvas)")
        #expect(grid.height > 0 && grid.usedWidth > 0, "\(name) draws nothing")
      }
    }
  }

  @Test(arguments: AwkwardFigures.all.map(\.name))
  func awkwardDataIsDrawnAndDescribed(_ name: String) throws {
    let output = try #require(AwkwardFigures.all.first { $0.name == name }?.output)
    let plain = PlainRenderer(RenderContext(unicode: false)).text(output)
    #expect(plain.utf8.allSatisfy { $0 < 0x80 })
    #expect(!Description.lines(output).isEmpty)
    guard case .chart(let chart) = output else { return }
    let svg = SVGRenderer().svg(chart)
    #expect(svg.hasSuffix("</svg>\n"))
    for word in ["\"nan", "\"inf", "\"-inf"] { #expect(!svg.contains(word)) }
  }

  /// Ticks are round numbers: never the 0.30000004 that arithmetic gives.
  @Test func ticksAreShort() {
    for width in Self.widths {
      for (name, output) in Self.figures where !name.contains("log") {
        guard case .chart(let chart) = output, case .plane(let layers) = chart.content else {
          continue
        }
        let figure = PlaneFigure(
          chart: chart, layers: layers, context: RenderContext(width: width), width: width)
        for tick in figure.plane.x.ticks + figure.plane.y.ticks {
          #expect(tick.label.count <= 9, "\(name) at \(width): \(tick.label)")
        }
      }
    }
  }
}
