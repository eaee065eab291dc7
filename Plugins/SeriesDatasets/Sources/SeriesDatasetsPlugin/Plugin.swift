public import CQHost
internal import QHostSDK
internal import SeriesDatasets

private let plugin = PluginTable(
  name: "series-datasets", version: "0.1.0",
  summary: "Series: labelled ones from files, temporal patterns, forecasts and anomalies.",
  components: [
    .dataset(TimeSeries.self), .dataset(TemporalPatterns.self), .dataset(MackeyGlass.self),
    .dataset(NARMA.self), .dataset(Anomaly.self),
  ])

/// What the host looks for in the library.
@c @implementation
public func qhost_plugin_entry_v1(
  _ host: UnsafePointer<qhost_host>?, _ error: UnsafeMutablePointer<qhost_error>?
) -> UnsafePointer<qhost_plugin>? {
  plugin.enter(host, error)
}
