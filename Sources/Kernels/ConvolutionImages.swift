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
    let turned = turnedImages(
      scratch: scratch.base, rows: outChannels, from: self.input, to: self.output)
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
    let turned = turnedImages(
      scratch: scratch.base, rows: channels, from: self.output, to: self.input)
    turned.run(
      outputGradient.base, result.base, lines: height, work: macs, pool,
      line: { inputGradientLine(turned, weights.base, panel: $0, row: $1) }, epilogue: epilogue)
  }

  var input: TurnedImages.Planes { .init(count: channels, area: height * width) }
  var output: TurnedImages.Planes { .init(count: outChannels, area: outHeight * outWidth) }

  func turnedImages(
    scratch: UnsafeMutablePointer<Float>?, rows: Int,
    from source: TurnedImages.Planes, to result: TurnedImages.Planes
  ) -> TurnedImages {
    TurnedImages(
      cut: PanelCut(columns: batch, rows: rows), scratch: scratch, sourcePlanes: source,
      resultPlanes: result)
  }

  var macs: Int { batch * outImageFloats * kernelFloats }

  /// One row of pixels of the output, for a panel of images.
  private func forwardLine(
    _ images: TurnedImages, _ weights: UnsafePointer<Float>, panel: Int, row: Int
  ) {
    let lanes = images.cut.width(of: panel)
    let (pixel, outPixel) = (input.spacing * lanes, output.spacing * lanes)
    let places = outWidth
    let rows = Taps.ofKernel(kernelHeight, at: row, height, stride, padding)
    for column in 0..<places {
      let columns = Taps.ofKernel(kernelWidth, at: column, width, stride, padding)
      let y = row * stride - padding + rows.first
      let x = column * stride - padding + columns.first
      ProductPanel(
        left: weights + rows.first * kernelWidth + columns.first, leftRowStride: kernelFloats,
        right: images.source(panel) + (y * width + x) * pixel,
        walk: ProductWalk(
          outer: .init(
            count: channels, leftStep: kernelHeight * kernelWidth, rightStep: lanes),
          middle: .init(count: rows.count, leftStep: kernelWidth, rightStep: width * pixel),
          inner: .init(count: columns.count, leftStep: 1, rightStep: pixel)),
        result: images.result(panel) + (row * places + column) * outPixel,
        resultRowStride: lanes, rows: outChannels, columns: lanes, continues: false
      ).run(vectors: lanes / Buffer.lanes)
    }
  }

  /// One row of pixels of the input's gradient, for a panel of images.
  private func inputGradientLine(
    _ images: TurnedImages, _ weights: UnsafePointer<Float>, panel: Int, row: Int
  ) {
    let lanes = images.cut.width(of: panel)
    let (pixel, outPixel) = (input.spacing * lanes, output.spacing * lanes)
    let places = outWidth
    let rows = Taps.reaching(row, kernel: kernelHeight, places: outHeight, stride, padding)
    for column in 0..<width {
      let columns = Taps.reaching(column, kernel: kernelWidth, places: places, stride, padding)
      // Without a term the start would lie anywhere; nothing is read from it then.
      let y = (row + padding - rows.first) / stride
      let x = (column + padding - columns.first) / stride
      ProductPanel(
        left: weights + rows.first * kernelWidth + columns.first,
        leftRowStride: kernelHeight * kernelWidth,
        right: images.source(panel) + (y * places + x) * outPixel,
        walk: ProductWalk(
          outer: .init(count: outChannels, leftStep: kernelFloats, rightStep: lanes),
          middle: .init(
            count: rows.count, leftStep: stride * kernelWidth, rightStep: -places * outPixel),
          inner: .init(count: columns.count, leftStep: stride, rightStep: -outPixel)),
        result: images.result(panel) + (row * width + column) * pixel,
        resultRowStride: lanes, rows: channels, columns: lanes, continues: false
      ).run(vectors: lanes / Buffer.lanes)
    }
  }
}
