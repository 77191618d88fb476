/// How a product is cut: into panels of columns, blocks of rows, parts of the sum, and tasks.
///
/// None of this changes a result.
struct ProductSchedule {
  /// Longest part of the sum that is added at one go, so that a panel of it fits the second cache.
  private static let longestPart = 1024
  /// Floats of the result in a block of rows, which should be hot when its epilogue runs.
  private static let blockFloats = 32_768
  /// Multiplications below which waking other threads costs more than it gives.
  private static let serialWork = 1 << 18
  /// Floats of a right operand that is read where it is, because the first cache holds it.
  private static let smallOperand = 4_096

  let m: Int
  let n: Int
  let k: Int
  /// Threads that take part.
  let workers: Int
  /// Vectors across the result, and the panels that share them.
  let vectors: Int
  let panels: Int
  /// Whether the right operand is copied into panels; if not, only a last, incomplete one is.
  let packsAll: Bool

  init(_ product: MatrixProduct, threads: Int) {
    (m, n, k) = (product.m, product.n, product.k)
    workers = m * n * k < ProductSchedule.serialWork ? 1 : threads
    let widest = m <= ProductPanel.flatRows ? ProductPanel.flatVectors : ProductPanel.mostVectors
    vectors = (n + Buffer.lanes - 1) / Buffer.lanes
    panels = (vectors + widest - 1) / widest
    packsAll =
      product.rightColumnStride != 1
      || (m > 2 * ProductPanel.flatRows && k * n > ProductSchedule.smallOperand)
  }

  /// The vectors of one panel: panels differ by at most one vector.
  @inline(__always)
  private func vectors(of panel: Int) -> Range<Int> {
    (panel * vectors / panels)..<((panel + 1) * vectors / panels)
  }

  private var isLastIncomplete: Bool { n % Buffer.lanes != 0 }

  var scratchFloats: Int {
    if packsAll { return k * vectors * Buffer.lanes }
    return isLastIncomplete ? k * vectors(of: panels - 1).count * Buffer.lanes : 0
  }

  /// Calls `body` for every task, on the pool if the product is large enough.
  @inline(__always)
  private func share(_ tasks: Int, _ pool: ThreadPool, _ body: (Int) -> Void) {
    if workers > 1 && tasks > 1 {
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
    let first = packsAll ? 0 : isLastIncomplete ? panels - 1 : panels
    let packed = PackedOperand(view: right, scratch: scratch, first: first)
    if m < 2 * ProductPanel.tallest * workers {
      share(min(workers, panels), pool) { task in
        let tasks = min(workers, panels)
        let range = (task * panels / tasks)..<((task + 1) * panels / tasks)
        for panel in range where panel >= first { pack(panel, packed) }
        multiply(left, packed, result, rows: 0..<m, panels: range)
        let columns = vectors(of: range.lowerBound).lowerBound..<vectors(of: range.upperBound - 1).upperBound
        epilogue(
          0..<m, (columns.lowerBound * Buffer.lanes)..<min(columns.upperBound * Buffer.lanes, n))
      }
      return
    }
    share(panels - first, pool) { pack(first + $0, packed) }
    let height = blockRows
    share((m + height - 1) / height, pool) { block in
      let rows = (block * height)..<min((block + 1) * height, m)
      multiply(left, packed, result, rows: rows, panels: 0..<panels)
      epilogue(rows, 0..<n)
    }
  }

  /// The right operand: panels from `first` on are copied to scratch memory.
  private struct PackedOperand {
    var view: MatrixView
    var scratch: UnsafeMutablePointer<Float>
    var first: Int
  }

  /// Where a panel is copied to.
  @inline(__always)
  private func place(_ panel: Int, _ packed: PackedOperand) -> UnsafeMutablePointer<Float> {
    let before = vectors(of: panel).lowerBound - vectors(of: packed.first).lowerBound
    return packed.scratch + before * Buffer.lanes * k
  }

  private func pack(_ panel: Int, _ packed: PackedOperand) {
    let range = vectors(of: panel)
    let column = range.lowerBound * Buffer.lanes
    packed.view.from(0, column).pack(
      rows: k, columns: n - column, to: place(panel, packed), width: range.count * Buffer.lanes)
  }

  private func multiply(
    _ left: MatrixView, _ right: PackedOperand, _ result: UnsafeMutablePointer<Float>,
    rows: Range<Int>, panels: Range<Int>
  ) {
    let parts = max((k + ProductSchedule.longestPart - 1) / ProductSchedule.longestPart, 1)
    for part in 0..<parts {
      let terms = (part * k / parts)..<((part + 1) * k / parts)
      for panel in panels {
        let range = vectors(of: panel)
        let column = range.lowerBound * Buffer.lanes
        let isPacked = panel >= right.first
        let rightStep = isPacked ? range.count * Buffer.lanes : right.view.rowStride
        let start = isPacked ? place(panel, right) : right.view.base + column
        ProductPanel(
          left: left.element(rows.lowerBound, terms.lowerBound), leftRowStride: left.rowStride,
          right: start + terms.lowerBound * rightStep,
          walk: ProductWalk(
            inner: .init(
              count: terms.count, leftStep: left.columnStride, rightStep: rightStep)),
          result: result + rows.lowerBound * n + column, resultRowStride: n,
          rows: rows.count, columns: n - column, continues: part > 0
        ).run(vectors: range.count)
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
    _ pool: ThreadPool, _ epilogue: (Range<Int>, Range<Int>) -> Void
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
    // A vector of sums takes as long for one column as for four.
    let isSmall = length * k < 1 << 16
    let tasks = isSmall ? 1 : min(pool.threads, (length + Buffer.lanes - 1) / Buffer.lanes)
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
