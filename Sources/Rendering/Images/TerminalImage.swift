/// Images as real pixels, for terminals that say that they can show them.
enum TerminalImage {
  static func text(_ figure: ImageFigure, _ context: RenderContext) -> String {
    let title = figure.title.map { context.spelled($0) + "\n" } ?? ""
    var grid = figure.grid
    let tileWidth = max(grid.tileWidth, 1)
    // About eight screen pixels to a column; digits are enlarged, photographs are not.
    let fitting = context.width * 8 / max((tileWidth + grid.gap) * grid.columnCount, 1)
    grid.scale = max(min(fitting, max(96 / tileWidth, 1)), 1)
    let raster = grid.raster
    switch context.graphics {
    case .none: return title
    case .kitty: return title + Kitty.sequence(raster) + "\n"
    case .iTerm: return title + InlineImage.sequence(raster) + "\n"
    case .sixel: return title + Sixel.sequence(raster) + "\n"
    }
  }
}

/// The kitty graphics protocol: a PNG in base64, in chunks.
enum Kitty {
  private static let chunkSize = 4096

  static func sequence(_ raster: Raster) -> String {
    let encoded = Base64.encode(PNG.encode(raster))
    var text = ""
    for start in stride(from: 0, to: encoded.count, by: chunkSize) {
      let end = min(start + chunkSize, encoded.count)
      let more = end < encoded.count ? 1 : 0
      let keys = start == 0 ? "a=T,f=100,q=2,m=\(more)" : "q=2,m=\(more)"
      text +=
        "\u{1B}_G\(keys);" + String(decoding: encoded[start..<end], as: UTF8.self)
        + "\u{1B}\\"
    }
    return text
  }
}

/// The inline images of iTerm2 and WezTerm: a whole file in base64.
enum InlineImage {
  static func sequence(_ raster: Raster) -> String {
    let file = PNG.encode(raster)
    return "\u{1B}]1337;File=inline=1;size=\(file.count);width=\(raster.width)px:"
      + String(decoding: Base64.encode(file), as: UTF8.self) + "\u{07}"
  }
}
