import Testing
import Typography

@testable import Rendering

@Suite struct ImageGridTests {
  private let digits = DigitFixtures.images

  @Test func gridHasGapsScaleAndLabels() {
    var grid = ImageGrid(tiles: digits, columns: 2)
    #expect(grid.raster.width == 57 && grid.raster.height == 57)
    grid.scale = 3
    #expect(grid.raster.width == 171 && grid.raster.height == 171)
    grid.gap = 0
    grid.rowLabels = ["a", "bc"]
    grid.columnLabels = ["x"]
    #expect(grid.raster.width == 168 + 22 + 12 && grid.raster.height == 168 + 22)
  }

  @Test func tilesStandInReadingOrder() {
    let tiles = (0..<3).map { Raster(width: 1, height: 1, filledWith: UInt8($0 + 1)) }
    let raster = ImageGrid(tiles: tiles, columns: 2, gap: 0).raster
    #expect(raster.samples == [1, 2, 3, 64])
  }

  @Test func valuesAreMappedAndClipped() {
    let grid = ImageGrid(
      values: [-2, -1, 0, 1, 2, .nan], count: 6, height: 1, width: 1, range: -1...1)
    #expect(grid.tiles.map { $0.samples[0] } == [0, 0, 128, 255, 255, 0])
    let color = ImageGrid(values: [1, 0.2, 0], count: 1, channels: 3, height: 1, width: 1)
    #expect(color.tiles[0].samples == [255, 51, 0])
  }

  @Test func comparisonPutsRowsAboveEachOther() {
    let grid = ImageGrid.comparison([("truth", digits), ("rebuilt", Array(digits.prefix(3)))])
    #expect(grid.columnCount == 4 && grid.rowCount == 2 && grid.tiles.count == 8)
    #expect(grid.rowLabels == ["truth", "rebuilt"])
  }

  @Test func gridsStandSideBySide() throws {
    let grid = ImageGrid.sideBySide(
      [("x\u{302} μ", digits), ("truth", Array(digits.prefix(3)))], columns: 2)
    #expect(grid.columnCount == 4 && grid.rowCount == 2 && grid.pictureCount == 7)
    // Two grids of two tiles, the gap in each, four between them; a line for the names.
    #expect(grid.raster.width == 4 * 28 + 2 + 4 && grid.raster.height == 57 + 11)
    #expect(grid.raster[0, 11, 0] == digits[0][0, 0, 0])
    let lines = PlainRenderer().text(.image(ImageFigure(grid))).split(separator: "\n")
    #expect(lines[0].contains("x\u{302} μ") && lines[0].contains("truth"))
  }

  @Test func namesAreNeverCut() {
    var grid = ImageGrid(tiles: digits, columns: 4)
    let narrow = grid.raster.width
    grid.columnLabels = ["a rather long name"]
    #expect(grid.raster.width > narrow + 3 * 80)
    grid.columnLabels = []
    grid.captions = ["1", "2", "3", "4"]
    #expect(grid.raster.width == narrow && grid.raster.height == 28 + 11)
  }

  @Test func filmsShowSomeOfTheirFrames() {
    func figure(_ tiles: [Raster], columns: Int) -> ImageFigure {
      let grids = [ImageGrid](repeating: ImageGrid(tiles: tiles, columns: columns), count: 12)
      return ImageFigure(Film(grids.map(\.raster)), grids: grids)
    }
    let single = figure([digits[0]], columns: 10).grid
    #expect(single.captions == ["1", "3", "6", "9", "12"] && single.columnCount == 5)
    #expect(figure(digits, columns: 4).grid.rowLabels == ["1", "3", "6", "9", "12"])
    #expect(figure(digits, columns: 2).grid.groupLabels == ["1", "3", "6", "9", "12"])
    #expect(APNG.isAnimated(figure(digits, columns: 2).png))
  }

  @Test func columnsSuitTheCount() {
    func columns(_ count: Int) -> Int {
      ImageGrid(tiles: [Raster](repeating: digits[0], count: count)).columnCount
    }
    #expect([1, 7, 10, 16, 100, 400].map(columns) == [1, 7, 10, 10, 10, 20])
  }

  @Test func resizingKeepsTheMean() {
    let small = digits[0].resized(width: 7, height: 7)
    func mean(_ raster: Raster) -> Double {
      raster.samples.reduce(0.0) { $0 + Double($1) } / Double(raster.samples.count)
    }
    // Each sample is rounded to a whole number once.
    #expect(abs(mean(small) - mean(digits[0])) <= 0.5)
  }

  @Test func digitsAreRecognisableAsText() throws {
    var text = ""
    for width in [40, 80] {
      let figure = ImageFigure(ImageGrid(tiles: digits), title: "digits")
      text += PlainRenderer(RenderContext(width: width)).text(.image(figure)) + "\n"
      let compared = ImageGrid.comparison([
        ("truth", digits),
        ("8×8", digits.map { $0.resized(width: 8, height: 8).resized(width: 28, height: 28) }),
      ])
      text += PlainRenderer(RenderContext(width: width)).text(.image(ImageFigure(compared))) + "\n"
    }
    try expectGolden("digits", text)
  }

  @Test func previewsFitEveryWidth() {
    for columns in [nil, 1, 4, 10, 20] as [Int?] {
      let many = (0..<12).map { digits[$0 % 4] }
      let grid = ImageGrid(tiles: many, columns: columns, rowLabels: ["first", "second"])
      for width in [40, 61, 80, 137, 300] {
        let lines = PlainRenderer(RenderContext(width: width)).text(.image(ImageFigure(grid)))
          .split(separator: "\n")
        #expect(lines.allSatisfy { DisplayWidth.of(String($0)) <= width && !$0.hasSuffix(" ") })
      }
    }
  }

  @Test func emptyGridsSaySo() {
    let figure = ImageFigure(ImageGrid(tiles: []))
    #expect(PlainRenderer().text(.image(figure)) == "no images\n")
    #expect(ImageGrid(tiles: []).raster.width == 1)
  }

  @Test func base64MatchesTheStandard() {
    func encoded(_ text: String) -> String {
      String(decoding: Base64.encode(Array(text.utf8)), as: UTF8.self)
    }
    #expect(
      ["", "f", "fo", "foo", "foob", "fooba", "foobar"].map(encoded)
        == ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"])
  }
}
