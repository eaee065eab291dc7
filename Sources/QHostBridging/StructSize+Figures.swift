public import CQHost

extension qhost_figure_axis: SizedStruct {
  /// As of draft 1.
  public static var firstSize: Int { 24 }
}
extension qhost_figure_series: SizedStruct {
  /// As of draft 1.
  public static var firstSize: Int { 72 }
}
extension qhost_figure_map: SizedStruct {
  /// As of draft 1.
  public static var firstSize: Int { 80 }
}
extension qhost_figure_raster: SizedStruct {
  /// As of draft 1.
  public static var firstSize: Int { 48 }
}
extension qhost_figure_graph: SizedStruct {
  /// As of draft 1.
  public static var firstSize: Int { 80 }
}
extension qhost_figure: SizedStruct {
  /// As of draft 1.
  public static var firstSize: Int { 88 }
}
extension qhost_figures: SizedStruct {
  /// As of draft 1.
  public static var firstSize: Int { 16 }
}
extension qhost_host_figures: SizedStruct {
  /// As of draft 1.
  public static var firstSize: Int { 16 }
}
