/// The optima of instances, written by `Benchmarks/sub-band/optima.py`; not to be edited.
///
/// A line: mode, users, sub-bands, cells, seed, correlation, floor, checksum of the channels, best sum of rates, bound.
enum RecordedOptima {
  static let table = """
    """
}
