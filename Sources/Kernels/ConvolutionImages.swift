/// Forward and gradient of the input: the vectors run along the images of a batch.
///
/// The batch is turned so that its images lie side by side, panel by panel. Then every output
/// position is a small matrix product, weights times values, in which exactly the terms that exist
/// are visited: no copies of windows, no padding, no inserted zeros. The result is turned back.
extension Convolution {
  /// Shape: input `[B, C, H, W]`, weights `[D, C, kh, kw]`, output `[B, D, H', W']`
  ///
  /// `epilogue` is called with ranges of images and of floats in each, as soon as they are final.
  package func forward(
    input: Buffer, weights: Buffer, output: Buffer, scratch: Buffer, pool: ThreadPool,
    epilogue: (_ images: Range<Int>, _ floats: Range<Int>) -> Void = { _, _ in }
  ) {
    let turned = TurnedImages(
      cut: PanelCut(columns: batch, rows: outChannels), scratch: scratch.base,
      sourceFloats: imageFloats, resultFloats: outImageFloats)
    turned.run(
      input.base, output.base, lines: outHeight, work: macs, pool,
      line: { forwardLine(turned, weights.base, panel: $0, row: $1) }, epilogue: epilogue)
  }

  /// Shape: output gradient `[B, D, H', W']`, weights `[D, C, kh, kw]`, result `[B, C, H, W]`
  ///
  /// `epilogue` is called with ranges of images and of floats in each, as soon as they are final.
  package func inputGradient(
    outputGradient: Buffer, weights: Buffer, result: Buffer, scratch: Buffer, pool: ThreadPool,
    epilogue: (_ images: Range<Int>, _ floats: Range<Int>) -> Void = { _, _ in }
  ) {
    let turned = TurnedImages(
      cut: PanelCut(columns: batch, rows: channels), scratch: scratch.base,
      sourceFloats: outImageFloats, resultFloats: imageFloats)
    turned.run(
      outputGradient.base, result.base, lines: height, work: macs, pool,
      line: { inputGradientLine(turned, weights.base, panel: $0, row: $1) }, epilogue: epilogue)
  }

  var macs: Int { batch * outImageFloats * kernelFloats }

  /// One row of pixels of the output, for a panel of images.
  private func forwardLine(
    _ images: TurnedImages, _ weights: UnsafePointer<Float>, panel: Int, row: Int
  ) {
    let lanes = images.cut.width(of: panel)
    let (places, area) = (outWidth, outHeight * outWidth)
    let rows = Taps.ofKernel(kernelHeight, at: row, height, stride, padding)
    for column in 0..<places {
      let columns = Taps.ofKernel(kernelWidth, at: column, width, stride, padding)
      let y = row * stride - padding + rows.first
      let x = column * stride - padding + columns.first
      ProductPanel(
        left: weights + rows.first * kernelWidth + columns.first, leftRowStride: kernelFloats,
        right: images.source(panel) + (y * width + x) * lanes,
        walk: ProductWalk(
          outer: .init(
            count: channels, leftStep: kernelHeight * kernelWidth,
            rightStep: height * width * lanes),
          middle: .init(count: rows.count, leftStep: kernelWidth, rightStep: width * lanes),
          inner: .init(count: columns.count, leftStep: 1, rightStep: lanes)),
        result: images.result(panel) + (row * places + column) * lanes,
        resultRowStride: area * lanes, rows: outChannels, columns: lanes, continues: false
      ).run(vectors: lanes / Buffer.lanes)
    }
  }

  /// One row of pixels of the input's gradient, for a panel of images.
  private func inputGradientLine(
    _ images: TurnedImages, _ weights: UnsafePointer<Float>, panel: Int, row: Int
  ) {
    let lanes = images.cut.width(of: panel)
    let (places, area) = (outWidth, outHeight * outWidth)
    let rows = Taps.reaching(row, kernel: kernelHeight, places: outHeight, stride, padding)
    for column in 0..<width {
      let columns = Taps.reaching(column, kernel: kernelWidth, places: places, stride, padding)
      // Without a term the start would lie anywhere; nothing is read from it then.
      let y = (row + padding - rows.first) / stride
      let x = (column + padding - columns.first) / stride
      ProductPanel(
        left: weights + rows.first * kernelWidth + columns.first,
        leftRowStride: kernelHeight * kernelWidth,
        right: images.source(panel) + (y * places + x) * lanes,
        walk: ProductWalk(
          outer: .init(
            count: outChannels, leftStep: kernelFloats, rightStep: area * lanes),
          middle: .init(
            count: rows.count, leftStep: stride * kernelWidth, rightStep: -places * lanes),
          inner: .init(count: columns.count, leftStep: stride, rightStep: -lanes)),
        result: images.result(panel) + (row * width + column) * lanes,
        resultRowStride: height * width * lanes, rows: channels, columns: lanes, continues: false
      ).run(vectors: lanes / Buffer.lanes)
    }
  }
}

/// A batch and its result with the images side by side: `[panel][float of an image][image]`.
struct TurnedImages {
  /// Floats of an image that are turned at one go.
  private static let chunk = 1024
  /// Multiplications below which waking other threads costs more than it gives.
  private static let serialWork = 1 << 18

  let cut: PanelCut
  let scratch: UnsafeMutablePointer<Float>
  let sourceFloats: Int
  let resultFloats: Int

  @inline(__always)
  func source(_ panel: Int) -> UnsafeMutablePointer<Float> {
    scratch + cut.column(of: panel) * sourceFloats
  }

  @inline(__always)
  func result(_ panel: Int) -> UnsafeMutablePointer<Float> {
    scratch + cut.floats * sourceFloats + cut.column(of: panel) * resultFloats
  }

  /// Turns the source, computes the result `line` by line, and turns the result back.
  @inline(__always)
  func run(
    _ input: UnsafeMutablePointer<Float>, _ output: UnsafeMutablePointer<Float>, lines: Int,
    work: Int, _ pool: ThreadPool, line: (_ panel: Int, _ line: Int) -> Void,
    epilogue: (Range<Int>, Range<Int>) -> Void
  ) {
    guard cut.columns > 0, resultFloats > 0 else { return }
    func share(_ tasks: Int, _ body: (Int) -> Void) {
      if work < TurnedImages.serialWork {
        for task in 0..<tasks { body(task) }
      } else {
        pool.run(tasks, body)
      }
    }
    share(TurnedImages.chunks(sourceFloats)) { turn(input, chunk: $0) }
    share(cut.panels * lines) { line($0 % cut.panels, $0 / cut.panels) }
    share(TurnedImages.chunks(resultFloats)) { task in
      turnBack(output, chunk: task)
      epilogue(0..<cut.columns, TurnedImages.range(task, resultFloats))
    }
  }

  private static func chunks(_ floats: Int) -> Int { (floats + chunk - 1) / chunk }

  private static func range(_ task: Int, _ floats: Int) -> Range<Int> {
    (task * chunk)..<min((task + 1) * chunk, floats)
  }

  private func turn(_ input: UnsafeMutablePointer<Float>, chunk: Int) {
    let floats = TurnedImages.range(chunk, sourceFloats)
    let view = MatrixView(base: input, rowStride: 1, columnStride: sourceFloats)
    for panel in 0..<cut.panels {
      let (first, width) = (cut.column(of: panel), cut.width(of: panel))
      view.from(floats.lowerBound, first).pack(
        rows: floats.count, columns: cut.columns - first,
        to: source(panel) + floats.lowerBound * width, width: width)
    }
  }

  private func turnBack(_ output: UnsafeMutablePointer<Float>, chunk: Int) {
    let floats = TurnedImages.range(chunk, resultFloats)
    for panel in 0..<cut.panels {
      let (first, width) = (cut.column(of: panel), cut.width(of: panel))
      let view = MatrixView(base: result(panel), rowStride: 1, columnStride: width)
      view.from(0, floats.lowerBound).copy(
        rows: min(width, cut.columns - first), columns: floats.count,
        to: output + first * resultFloats + floats.lowerBound, rowStride: resultFloats)
    }
  }
}
