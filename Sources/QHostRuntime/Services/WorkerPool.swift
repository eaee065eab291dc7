internal import CQHostGuard
internal import CQHostRuntime
internal import Glibc
internal import Synchronization

/// Threads that share out the iterations of a loop.
///
/// Loops here last from ten microseconds on, and follow each other closely: a worker that runs out of
/// work spins for a moment before it sleeps. The caller works too, and at the end waits only for workers
/// that have joined: on a busy machine a loop is never held up by a worker that gets no processor. Each
/// thread begins with a share of the iterations that is the same in every loop, so that what they work on
/// stays in its cache; then it helps with the others'. A loop inside a loop runs on the calling thread.
public final class WorkerPool: Sendable {
  private static let spinCount = 4_000

  /// The threads, the caller's among them.
  public let threadCount: Int
  private let shared: Shared

  /// Makes a pool of at least one thread.
  public init(threadCount: Int) {
    self.threadCount = max(1, threadCount)
    shared = Shared(shares: (0..<self.threadCount).map { _ in Share() })
    for number in 1..<self.threadCount {
      shared.startWorker(number, spinCount: Self.spinCount)
    }
  }

  deinit { shared.stop() }

  /// Calls `body(i)` once for each i < count and waits.
  public func parallelFor(_ count: Int, _ body: @Sendable (Int) -> Void) {
    guard count > 1, threadCount > 1, shared.acquire() else {
      for index in 0..<count { body(index) }
      return
    }
    withoutActuallyEscaping(body) { shared.run(count, $0) }
    shared.release()
  }
}

/// The iterations that one thread begins with: the next of them.
private final class Share: Sendable {
  let next = Atomic<Int>(0)
}

/// What the threads of a pool have in common.
private final class Shared: Sendable {
  private let busy = Atomic<Bool>(false)
  private let stopping = Atomic<Bool>(false)
  private let generation = Atomic<Int>(0)
  private let sleepers = Atomic<Int>(0)
  private let shares: [Share]
  /// Workers inside the present loop, or `closed`.
  private let gate = Atomic<Int>(Shared.closed)
  private let lock: UnsafeLock = UnsafeLock()
  nonisolated(unsafe) private var count = 0
  nonisolated(unsafe) private var body: (@Sendable (Int) -> Void)?
  // What the caller is in, so that a crash in a worker names it too.
  nonisolated(unsafe) private var component: UnsafePointer<CChar>?
  nonisolated(unsafe) private var function: UnsafePointer<CChar>?

  private static let closed = -1
  private static let spinsBeforeYield = 2_000

  init(shares: [Share]) { self.shares = shares }

  func acquire() -> Bool {
    busy.compareExchange(expected: false, desired: true, ordering: .acquiring).exchanged
  }

  func release() { busy.store(false, ordering: .releasing) }

  func run(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    self.count = count
    self.body = body
    component = qhost_guard_component()
    function = qhost_guard_function()
    for number in shares.indices {
      shares[number].next.store(number * count / shares.count, ordering: .relaxed)
    }
    gate.store(0, ordering: .releasing)
    generation.add(1, ordering: .sequentiallyConsistent)
    if sleepers.load(ordering: .sequentiallyConsistent) > 0 { lock.wakeAll() }
    work(0)
    close()
    self.body = nil
  }

  /// Waits until no worker is inside, and lets no further one in.
  private func close() {
    var spins = 0
    while !gate.compareExchange(
      expected: 0, desired: Self.closed, ordering: .acquiringAndReleasing
    ).exchanged {
      spins += 1
      if spins < Self.spinsBeforeYield { qhost_kernel_spin_pause() } else { sched_yield() }
    }
  }

  private func join() -> Bool {
    var inside = gate.load(ordering: .relaxed)
    while inside != Self.closed {
      let result = gate.weakCompareExchange(
        expected: inside, desired: inside + 1, ordering: .acquiring)
      if result.exchanged { return true }
      inside = result.original
    }
    return false
  }

  func stop() {
    stopping.store(true, ordering: .sequentiallyConsistent)
    generation.add(1, ordering: .sequentiallyConsistent)
    lock.wakeAll()
  }

  func startWorker(_ number: Int, spinCount: Int) {
    let worker = Worker(number, shared: self, spinCount: spinCount)
    let argument = Unmanaged.passRetained(worker).toOpaque()
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { raw in
        guard let raw else { return nil }
        Unmanaged<Worker>.fromOpaque(raw).takeRetainedValue().loop()
        return nil
      }, argument)
    precondition(status == 0, "a thread could not be started (error \(status))")
    pthread_detach(thread)
  }

  private func work(_ number: Int) {
    guard let body else { return }
    for step in shares.indices {
      let place = (number + step) % shares.count
      let end = (place + 1) * count / shares.count
      while true {
        let index = shares[place].next.add(1, ordering: .relaxed).oldValue
        if index >= end { break }
        body(index)
      }
    }
  }

  /// Waits for the next loop, helps with it, and says whether to continue.
  func serve(_ number: Int, after seen: inout Int, spinCount: Int) -> Bool {
    var spins = 0
    while generation.load(ordering: .acquiring) == seen {
      spins += 1
      if spins < spinCount { qhost_kernel_spin_pause() } else { sleep(while: seen) }
    }
    if stopping.load(ordering: .acquiring) { return false }
    seen = generation.load(ordering: .acquiring)
    if join() {
      if component != nil, function != nil { qhost_guard_enter(component, function) }
      work(number)
      if component != nil, function != nil { qhost_guard_leave() }
      gate.subtract(1, ordering: .releasing)
    }
    return true
  }

  private func sleep(while seen: Int) {
    sleepers.add(1, ordering: .sequentiallyConsistent)
    lock.wait { generation.load(ordering: .sequentiallyConsistent) == seen }
    sleepers.subtract(1, ordering: .sequentiallyConsistent)
  }
}

/// One thread of a pool.
private final class Worker {
  private let number: Int
  private let shared: Shared
  private let spinCount: Int
  private var seen = 0

  init(_ number: Int, shared: Shared, spinCount: Int) {
    self.number = number
    self.shared = shared
    self.spinCount = spinCount
  }

  func loop() {
    qhost_guard_begin_thread()
    defer { qhost_guard_end_thread() }
    while shared.serve(number, after: &seen, spinCount: spinCount) {}
  }
}

/// A mutex with a condition, at a fixed address as POSIX wants it.
private final class UnsafeLock: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    pthread_cond_destroy(condition)
    mutex.deallocate()
    condition.deallocate()
  }

  func wait(while condition: () -> Bool) {
    pthread_mutex_lock(mutex)
    while condition() { pthread_cond_wait(self.condition, mutex) }
    pthread_mutex_unlock(mutex)
  }

  func wakeAll() {
    pthread_mutex_lock(mutex)
    pthread_cond_broadcast(condition)
    pthread_mutex_unlock(mutex)
  }
}
