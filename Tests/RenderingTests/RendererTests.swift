import Testing

@testable import Rendering

@Suite struct RendererTests {
  private let failure = Failure(
    id: "shape-mismatch",
    text: """
      error[shape-mismatch]: cannot multiply 64×128 by 64×10
        lesson.md:14
      14 | σ = x @ w
         |     ~ ^ ~  inner sizes differ: 128 and 64
         = help: transpose the right side: x @ transpose(w)
      """)

  private func withoutEscapes(_ text: String) -> String {
    var result = ""
    var isEscape = false
    for character in text {
      if character == "\u{1B}" { isEscape = true }
      if !isEscape { result.append(character) }
      if isEscape, character == "m" { isEscape = false }
    }
    return result
  }

  @Test func plainOutputHasNoEscapes() {
    var context = RenderContext(color: true)
    context.graphics = .kitty
    let outputs = Samples.charts.map { Output.chart($0.chart) } + [.failure(failure)]
    #expect(!PlainRenderer(context).text(outputs).contains("\u{1B}"))
  }

  @Test func colourChangesNoCharacter() {
    for (name, chart) in Samples.charts where !["field", "density", "heatmap"].contains(name) {
      let plain = PlainRenderer().text(.chart(chart))
      let colored = ANSIRenderer(RenderContext(color: true)).text(.chart(chart))
      #expect(colored.contains("\u{1B}["))
      #expect(withoutEscapes(colored) == plain, "\(name)")
    }
    let colored = ANSIRenderer(RenderContext(color: true)).text(.failure(failure))
    #expect(withoutEscapes(colored) == failure.text + "\n")
    #expect(colored.contains("\u{1B}[1;38;5;160merror[shape-mismatch]:"))
  }

  @Test func everyColouredLineEndsReset() {
    let context = RenderContext(color: true, trueColor: true, canvas: .braille)
    for (_, chart) in Samples.charts {
      for line in ANSIRenderer(context).text(.chart(chart)).split(separator: "\n")
      where line.contains("\u{1B}") {
        let last = line.split(separator: "\u{1B}").last ?? ""
        #expect(last.hasPrefix("[0m"))
      }
    }
  }

  @Test func withoutUnicodeEverythingIsASCII() {
    let context = RenderContext(unicode: false, canvas: .braille, describesFigures: true)
    var outputs = Samples.charts.map { Output.chart($0.chart) }
    outputs += [.failure(failure), .text("784 → 2 × x̂"), .image(ImageFigure(ImageGrid(tiles: [])))]
    #expect(PlainRenderer(context).text(outputs).utf8.allSatisfy { $0 < 0x80 })
    let lines = PlainRenderer(context).text(.failure(failure)).split(separator: "\n")
    #expect(lines[2].count == "14 | σ = x @ w".count)
  }

  @Test func filesAreReportedInFull() {
    let report = FileReport(
      path: "a.pgm", byteCount: 86_000, sha256: String(repeating: "0f3a", count: 16))
    #expect(
      PlainRenderer().text(.file(report))
        == "a.pgm   86,000 bytes   sha256 \(String(repeating: "0f3a", count: 16))\n")
  }

  @Test func terminalsShowAsMuchOfADigestAsFits() {
    let report = FileReport(
      path: "a.pgm", byteCount: 1, sha256: String(repeating: "0f3a", count: 16))
    func shown(_ width: Int) -> String {
      ANSIRenderer(RenderContext(width: width, color: true)).text(.file(report))
    }
    #expect(shown(80) == "a.pgm   1 byte   sha256 0f3a0f3a0f3a0f3a…\n")
    #expect(shown(100) == PlainRenderer().text(.file(report)))
  }

  @Test func textsEndInOneNewline() {
    #expect(PlainRenderer().text([.text("a"), .text("b\n"), .text("")]) == "a\nb\n")
  }

  @Test func figuresAreDescribedOnRequest() {
    let context = RenderContext(describesFigures: true)
    let chart = Chart(.plane([.line(Line(ys: [4, 2, 1]))]), title: "loss")
    let last = PlainRenderer(context).text(.chart(chart)).split(separator: "\n").last
    #expect(last == "loss: line falls, from 4 at 0 to 1 at 2, lowest 1 at 2, highest 4 at 0.")
  }

  @Test func panelsStandSideBySide() {
    let image = Output.image(ImageFigure(ImageGrid(tiles: DigitFixtures.images, columns: 2)))
    let text = PlainRenderer().text(.panels(Panels([image, image, image], columns: 3)))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(PlainRenderer().text(.panels(Panels([]))) == "")
  }

  @Test func graphicsProtocolsAreWellFormed() {
    let figure = ImageFigure(ImageGrid(tiles: DigitFixtures.images))
    let kitty = ANSIRenderer(RenderContext(graphics: .kitty)).text(.image(figure))
    #expect(kitty.hasPrefix("\u{1B}_Ga=T,f=100,q=2,m="))
    #expect(kitty.hasSuffix("\u{1B}\\\n"))
    let sixel = ANSIRenderer(RenderContext(graphics: .sixel)).text(.image(figure))
    #expect(sixel.hasPrefix("\u{1B}Pq") && sixel.hasSuffix("\u{1B}\\\n"))
    #expect(sixel.dropFirst().dropLast(3).allSatisfy { $0.isASCII })
    let inline = ANSIRenderer(RenderContext(graphics: .iTerm)).text(.image(figure))
    #expect(inline.hasPrefix("\u{1B}]1337;File=inline=1;size="))
    #expect(inline.hasSuffix("\u{07}\n"))
  }

  /// A flat area of a colour that the palette lacks mixes the colours around it.
  @Test func sixelsAreDithered() {
    let flat = Raster(
      width: 8, height: 6, channels: 3,
      samples: [UInt8](repeating: 0, count: 8 * 6 * 3).enumerated().map {
        $0.offset % 3 == 0 ? 77 : 0
      })
    let picture = Sixel.sequence(flat).split(separator: ";").last ?? ""
    #expect(picture.contains("#36") && picture.contains("#72"))
  }

  @Test func seriesColoursAreDistinct() {
    #expect(Set((0..<10).map(Palette.series256)).count == 10)
    #expect(Palette.nearest256(Palette.RGB(255, 255, 255)) == 231)
    #expect(Palette.nearest256(Palette.RGB(0, 0, 0)) == 16)
    #expect(Palette.series(0).hex == "#0072b2")
  }

  @Test(arguments: Samples.charts.map(\.name))
  func svgIsBalancedAndDescribed(_ name: String) throws {
    let chart = try #require(Samples.charts.first { $0.name == name }?.chart)
    let svg = SVGRenderer().svg(chart)
    #expect(svg.hasPrefix("<svg ") && svg.contains("aria-label=\""))
    #expect(svg.split(separator: "<text").count == svg.split(separator: "</text>").count)
    #expect(!svg.contains("nan") && !svg.contains("inf\""))
  }

  /// Whatever a chart names, nothing of it stands outside the drawing or on top of the title.
  @Test func aLongLegendTakesSeveralRows() throws {
    let lines = (0..<30).map { Layer.line(Line(name: "a series with number \($0)", ys: [1, 2])) }
    for (width, height) in [(370.0, 818.0), (600, 518)] {
      let svg = SVGRenderer(width: width, height: 360).svg(
        Chart(.plane(lines), title: "many", y: AxisOptions(label: "a label of the y axis")))
      let places = svg.split(separator: "<text ").dropFirst().map { text -> (Double, Double) in
        let numbers = text.split(separator: "\"").prefix(4)
        return (Double(numbers.dropFirst().first!)!, Double(numbers.last!)!)
      }
      #expect(svg.contains("viewBox=\"0 0 \(Int(width)) \(Int(height))\""))
      #expect(places.count > 32)
      #expect(places.allSatisfy { $0.0 >= 0 && $0.0 < width && $0.1 > 0 && $0.1 < height })
      #expect(Set(places.map { "\($0)" }).count == places.count)
    }
  }

  @Test func svgEscapesText() {
    let chart = Chart(.plane([.line(Line(name: "a<b", ys: [1]))]), title: "\"x\" & y")
    let svg = SVGRenderer().svg(chart)
    #expect(svg.contains("a&lt;b") && svg.contains("&quot;x&quot; &amp; y"))
  }
}
