internal import Glibc

/// How much memory the machine has: what is larger is refused by its size before it is allocated.
public enum MachineMemory {
  /// Bytes of memory.
  public static let bytes: Int = {
    let pages = sysconf(Int32(_SC_PHYS_PAGES))
    let size = sysconf(Int32(_SC_PAGESIZE))
    let (product, isTooLarge) = pages.multipliedReportingOverflow(by: size)
    return pages > 0 && size > 0 && !isTooLarge ? product : .max
  }()

  /// Why so many parameters are too many for this machine, of which a run keeps some copies; `nil`: they are not.
  public static func flaw(parameterCount count: Int) -> String? {
    let size = MemoryLayout<Double>.stride
    guard count > bytes / size / 4 else { return nil }
    return
      "it has \(count) parameters, \(text(count * size)) for each copy of them, and this machine has "
      + "\(text(bytes)) of memory; make it smaller"
  }

  /// A number of bytes in words, for example `34.4 GB`.
  public static func text(_ bytes: Int) -> String {
    let units = ["bytes", "kB", "MB", "GB", "TB", "PB", "EB"]
    var value = Double(bytes)
    var unit = 0
    while value >= 1_000, unit < units.count - 1 {
      value /= 1_000
      unit += 1
    }
    let rounded = (value * 10).rounded() / 10
    return rounded == rounded.rounded()
      ? "\(Int(rounded)) \(units[unit])" : "\(rounded) \(units[unit])"
  }
}
