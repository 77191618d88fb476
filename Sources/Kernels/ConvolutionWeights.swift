/// Gradient of the weights: the vectors run along the output channels.
///
/// The output's gradient is turned so that the channels of a pixel lie side by side. Then every
/// element of the kernel is a small matrix product, input times gradient, over the images and the
/// pixels at which that element lies on the input, which is read where it is.
extension Convolution {
  /// Floats of images and gradients that are visited before the next element's turn, so that the
  /// second cache holds them.
  private static let cachedFloats = 96 * 1024
  /// Input channels of one task.
  private static let taskChannels = 32

  /// Shape: input `[B, C, H, W]`, output gradient `[B, D, H', W']`, result `[D, C, kh, kw]`
  ///
  /// `epilogue` is called once, with the whole range of the result's floats.
  package func weightGradient(
    input: Buffer, outputGradient: Buffer, result: Buffer, scratch: Buffer, pool: ThreadPool,
    epilogue: (Range<Int>) -> Void = { _ in }
  ) {
    let cut = PanelCut(columns: outChannels, rows: channels)
    let area = outHeight * outWidth
    let sums = scratch.base + batch * area * cut.floats
    turnGradient(outputGradient.base, scratch.base, cut, pool)

    let groups = (channels + Convolution.taskChannels - 1) / Convolution.taskChannels
    let tasks = cut.panels * kernelHeight * kernelWidth * groups
    let images = max(1, Convolution.cachedFloats / max(imageFloats + outImageFloats, 1))
    var first = 0
    repeat {
      let part = first..<min(first + images, batch)
      pool.run(tasks, work: macs) { task in
        let (panel, element) = (task % cut.panels, task / cut.panels)
        let channel = element % groups * Convolution.taskChannels
        addImages(
          part, input.base, scratch.base, sums, cut, panel: panel, element: element / groups,
          channels: channel..<min(channel + Convolution.taskChannels, channels))
      }
      first = part.upperBound
    } while first < batch
    pool.run(cut.widest, work: macs) { spread(sums, to: result.base, cut, lane: $0) }
    epilogue(0..<outChannels * kernelFloats)
  }

  /// Turns the output's gradient to `[panel][image][pixel][channel]`.
  private func turnGradient(
    _ gradient: UnsafeMutablePointer<Float>, _ target: UnsafeMutablePointer<Float>,
    _ cut: PanelCut, _ pool: ThreadPool
  ) {
    let area = outHeight * outWidth
    pool.run(batch, work: macs) { image in
      let view = MatrixView(
        base: gradient + image * outImageFloats, rowStride: 1, columnStride: area)
      for panel in 0..<cut.panels {
        let (first, width) = (cut.column(of: panel), cut.width(of: panel))
        view.from(0, first).pack(
          rows: area, columns: outChannels - first,
          to: target + batch * area * first + image * area * width, width: width)
      }
    }
  }

  /// Adds the terms of some images for one element of the kernel and some input channels.
  private func addImages(
    _ images: Range<Int>, _ input: UnsafeMutablePointer<Float>,
    _ gradient: UnsafeMutablePointer<Float>, _ sums: UnsafeMutablePointer<Float>,
    _ cut: PanelCut, panel: Int, element: Int, channels range: Range<Int>
  ) {
    let (row, column) = (element / kernelWidth, element % kernelWidth)
    let (area, places, lanes) = (outHeight * outWidth, outWidth, cut.width(of: panel))
    let rows = Taps.ofPlaces(outHeight, element: row, height, stride, padding)
    let columns = Taps.ofPlaces(places, element: column, width, stride, padding)
    let y = rows.first * stride - padding + row
    let x = columns.first * stride - padding + column
    let pixel = rows.first * places + columns.first
    ProductPanel(
      left: input + images.lowerBound * imageFloats
        + (range.lowerBound * height + y) * width + x,
      leftRowStride: height * width,
      right: gradient + batch * area * cut.column(of: panel)
        + (images.lowerBound * area + pixel) * lanes,
      walk: ProductWalk(
        outer: .init(count: images.count, leftStep: imageFloats, rightStep: area * lanes),
        middle: .init(count: rows.count, leftStep: stride * width, rightStep: places * lanes),
        inner: .init(count: columns.count, leftStep: stride, rightStep: lanes)),
      result: sums + cut.column(of: panel) * kernelFloats
        + (element * channels + range.lowerBound) * lanes,
      resultRowStride: lanes, rows: range.count, columns: lanes,
      continues: images.lowerBound > 0
    ).run(vectors: lanes / Buffer.lanes)
  }

  /// Puts the sums, `[panel][element][input channel][output channel]`, where the weights have
  /// them: one output channel of every panel.
  private func spread(
    _ sums: UnsafePointer<Float>, to result: UnsafeMutablePointer<Float>, _ cut: PanelCut,
    lane: Int
  ) {
    let elements = kernelHeight * kernelWidth
    for panel in 0..<cut.panels {
      let (first, lanes) = (cut.column(of: panel), cut.width(of: panel))
      guard lane < min(lanes, outChannels - first) else { continue }
      let line = result + (first + lane) * kernelFloats
      let source = sums + first * kernelFloats + lane
      for channel in 0..<channels {
        for element in 0..<elements {
          line[channel * elements + element] = source[(element * channels + channel) * lanes]
        }
      }
    }
  }
}
