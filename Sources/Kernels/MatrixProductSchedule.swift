/// How a product is cut: into panels of columns, blocks of rows, parts of the sum, and tasks.
///
/// None of this changes a result.
struct ProductSchedule {
  /// Longest part of the sum that is added at one go, so that a panel of it fits the second cache.
  private static let longestPart = 1024
  /// Floats of the result in a block of rows, which should be hot when its epilogue runs.
  private static let blockFloats = 32_768
  /// Floats of a right operand that is read where it is, because the first cache holds it.
  private static let smallOperand = 4_096

  let m: Int
  let n: Int
  let k: Int
  /// Threads that take part.
  let workers: Int
  let cut: PanelCut
  /// The panels of the right operand from this one on are copied to scratch memory: all of them,
  /// or one with columns that do not exist, or none.
  let firstPacked: Int

  init(_ product: MatrixProduct, threads: Int) {
    (m, n, k) = (product.m, product.n, product.k)
    let isShared = ThreadPool.shares(work: m * n * k) || ThreadPool.shares(floats: m * n)
    workers = isShared ? threads : 1
    cut = PanelCut(columns: n, rows: m)
    let packsAll =
      product.rightColumnStride != 1
      || (m > ProductPanel.tallest && k * n > ProductSchedule.smallOperand)
    firstPacked = packsAll ? 0 : cut.isIncomplete ? cut.panels - 1 : cut.panels
  }

  var scratchFloats: Int { k * (cut.floats - cut.column(of: firstPacked)) }

  /// Calls `body` for every task, on the pool if the product is large enough.
  @inline(__always)
  private func share(_ tasks: Int, _ pool: ThreadPool, _ body: (Int) -> Void) {
    let isShared = workers > 1 && tasks > 1
    if let isStopped = pool.isStopped {
      let body = { (task: Int) in if !isStopped() { body(task) } }
      if isShared { pool.run(tasks, body) } else { (0..<tasks).forEach(body) }
    } else if isShared {
      pool.run(tasks, body)
    } else {
      for task in 0..<tasks { body(task) }
    }
  }

  func run(
    _ left: MatrixView, _ right: MatrixView, _ result: UnsafeMutablePointer<Float>,
    _ scratch: UnsafeMutablePointer<Float>, _ pool: ThreadPool,
    _ epilogue: (Range<Int>, Range<Int>) -> Void
  ) {
    let packed = PackedOperand(view: right, scratch: scratch)
    if m < 2 * ProductPanel.tallest * workers {
      let tasks = min(workers, cut.panels)
      share(tasks, pool) { task in
        let panels = (task * cut.panels / tasks)..<((task + 1) * cut.panels / tasks)
        for panel in panels where panel >= firstPacked { pack(panel, packed) }
        multiply(left, packed, result, rows: 0..<m, panels: panels)
        let (first, end) = (cut.column(of: panels.lowerBound), cut.column(of: panels.upperBound))
        epilogue(0..<m, first..<min(end, n))
      }
    } else {
      share(cut.panels - firstPacked, pool) { pack(firstPacked + $0, packed) }
      let height = blockRows
      share((m + height - 1) / height, pool) { block in
        let rows = (block * height)..<min((block + 1) * height, m)
        multiply(left, packed, result, rows: rows, panels: 0..<cut.panels)
        epilogue(rows, 0..<n)
      }
    }
  }

  /// The right operand where it is, and where its packed panels are.
  private struct PackedOperand {
    var view: MatrixView
    var scratch: UnsafeMutablePointer<Float>
  }

  /// Where a panel is copied to.
  @inline(__always)
  private func place(_ panel: Int, _ packed: PackedOperand) -> UnsafeMutablePointer<Float> {
    packed.scratch + (cut.column(of: panel) - cut.column(of: firstPacked)) * k
  }

  private func pack(_ panel: Int, _ packed: PackedOperand) {
    let column = cut.column(of: panel)
    packed.view.from(0, column).pack(
      rows: k, columns: n - column, to: place(panel, packed), width: cut.width(of: panel))
  }

  private func multiply(
    _ left: MatrixView, _ right: PackedOperand, _ result: UnsafeMutablePointer<Float>,
    rows: Range<Int>, panels: Range<Int>
  ) {
    let parts = max((k + ProductSchedule.longestPart - 1) / ProductSchedule.longestPart, 1)
    for part in 0..<parts {
      let terms = (part * k / parts)..<((part + 1) * k / parts)
      for panel in panels {
        let column = cut.column(of: panel)
        let isPacked = panel >= firstPacked
        let rightStep = isPacked ? cut.width(of: panel) : right.view.rowStride
        let start = isPacked ? place(panel, right) : right.view.base + column
        ProductPanel(
          left: left.element(rows.lowerBound, terms.lowerBound), leftRowStride: left.rowStride,
          right: start + terms.lowerBound * rightStep,
          walk: ProductWalk(
            inner: .init(
              count: terms.count, leftStep: left.columnStride, rightStep: rightStep)),
          result: result + rows.lowerBound * n + column, resultRowStride: n,
          rows: rows.count, columns: n - column, continues: part > 0
        ).run(vectors: cut.vectors(of: panel))
      }
    }
  }

  /// Rows of a block: enough to pay for reading the panels, and the same for every worker.
  private var blockRows: Int {
    let wanted = max(64, ProductSchedule.blockFloats / n)
    let blocks = (m + wanted - 1) / wanted
    let shared = (blocks + workers - 1) / workers * workers
    let tall = ProductPanel.tallest
    return ((m + shared - 1) / shared + tall - 1) / tall * tall
  }
}

extension MatrixProduct {
  /// Whether the vectors should run along the longer side of a result with few rows or columns.
  var isNarrow: Bool { runsAlongRows || runsAlongColumns }

  private var runsAlongRows: Bool { n <= NarrowProduct.mostColumns }

  private var runsAlongColumns: Bool {
    m <= NarrowProduct.mostColumns && rightColumnStride != 1
  }

  func runNarrow(
    _ left: MatrixView, _ right: MatrixView, _ result: UnsafeMutablePointer<Float>,
    _ pool: ThreadPool, _ threads: Int, _ epilogue: (Range<Int>, Range<Int>) -> Void
  ) {
    let alongRows = runsAlongRows
    let target = MatrixView(base: result, rowStride: n, columnStride: 1)
    let product =
      alongRows
      ? NarrowProduct(left: left, right: right, result: target, columns: n, depth: k)
      : NarrowProduct(
        left: right.transposed, right: left.transposed, result: target.transposed, columns: m,
        depth: k)
    let length = alongRows ? m : n
    let isShared = ThreadPool.shares(floats: length * k)
    let tasks = !isShared ? 1 : min(threads, (length + Buffer.lanes - 1) / Buffer.lanes)
    let height = ((length + tasks - 1) / tasks + Buffer.lanes - 1) / Buffer.lanes * Buffer.lanes
    func part(_ task: Int) {
      let rows = min(task * height, length)..<min((task + 1) * height, length)
      guard !rows.isEmpty else { return }
      product.run(rows: rows)
      alongRows ? epilogue(rows, 0..<n) : epilogue(0..<m, rows)
    }
    if tasks == 1 { part(0) } else { pool.run(tasks, part) }
  }
}
