/// Data for one picture, which the host draws: one pair of axes, and what is drawn on them.
///
/// At least one of the four lists must have something. All numbers must be finite.
public struct Figure: Sendable, Equatable {
  /// Of its file: `[a-z0-9][a-z0-9-]*`, once in a component.
  public var name: String
  /// One line above the picture.
  public var title: String
  /// The horizontal axis.
  public var x: Axis
  /// The vertical axis.
  public var y: Axis
  /// Lines and points.
  public var series: [Series]
  /// Numbers over rectangles.
  public var maps: [Map]
  /// Events in lanes.
  public var rasters: [Raster]
  /// Nodes and edges.
  public var graphs: [Network]

  /// Makes a figure.
  public init(
    name: String, title: String, x: Axis, y: Axis, series: [Series] = [], maps: [Map] = [],
    rasters: [Raster] = [], graphs: [Network] = []
  ) {
    self.name = name
    self.title = title
    self.x = x
    self.y = y
    self.series = series
    self.maps = maps
    self.rasters = rasters
    self.graphs = graphs
  }

  /// Points, cells, events, nodes and edges together.
  public var elementCount: Int {
    series.reduce(0) { $0 + max($1.x.count, $1.y.count) }
      + maps.reduce(0) { $0 + $1.values.count }
      + rasters.reduce(0) { $0 + max($1.times.count, $1.lanes.count) }
      + graphs.reduce(0) { $0 + $1.x.count + $1.edges.count }
  }
}

extension Figure {
  /// One axis.
  public struct Axis: Sendable, Equatable {
    /// What is along it, for example `time`.
    public var label: String
    /// The unit of its coordinates, for example `ms`.
    public var unit: String?
    /// Whether it is logarithmic: then all coordinates must be above 0.
    public var isLogarithmic: Bool

    /// Makes an axis.
    public init(_ label: String, unit: String? = nil, isLogarithmic: Bool = false) {
      self.label = label
      self.unit = unit
      self.isLogarithmic = isLogarithmic
    }
  }

  /// Points in their order, drawn as a line or one by one.
  public struct Series: Sendable, Equatable {
    /// How a series is drawn.
    public enum Mark: UInt32, Sendable {
      /// By lines from point to point.
      case line = 0
      /// As points.
      case points = 1
    }

    /// In the legend.
    public var name: String
    /// How it is drawn.
    public var mark: Mark
    /// Horizontal coordinates [n].
    public var x: [Double]
    /// Vertical coordinates [n].
    public var y: [Double]
    /// Lower ends [n] of a line's band or of points' bars, not above `y`; empty: none.
    public var lower: [Double]
    /// Upper ends [n], not below `y`; empty: none.
    public var upper: [Double]

    /// Makes a series.
    public init(
      name: String, mark: Mark = .line, x: [Double], y: [Double], lower: [Double] = [],
      upper: [Double] = []
    ) {
      self.name = name
      self.mark = mark
      self.x = x
      self.y = y
      self.lower = lower
      self.upper = upper
    }
  }

  /// Numbers over a rectangle, drawn as colours with a scale beside them.
  public struct Map: Sendable, Equatable {
    /// What the numbers are.
    public var name: String
    /// Their unit.
    public var unit: String?
    /// Rows, at least 1.
    public var rows: Int
    /// Columns, at least 1.
    public var columns: Int
    /// The numbers [rows × columns]; row 0 is at the lower end of `y`, column 0 at that of `x`.
    public var values: [Double]
    /// The outer edges of the cells along the horizontal axis.
    public var x: ClosedRange<Double>
    /// The outer edges of the cells along the vertical axis.
    public var y: ClosedRange<Double>

    /// Makes a map.
    public init(
      name: String, unit: String? = nil, rows: Int, columns: Int, values: [Double],
      x: ClosedRange<Double>, y: ClosedRange<Double>
    ) {
      self.name = name
      self.unit = unit
      self.rows = rows
      self.columns = columns
      self.values = values
      self.x = x
      self.y = y
    }
  }

  /// Events in lanes, for example spikes of neurons; lane i lies at i on the vertical axis.
  public struct Raster: Sendable, Equatable {
    /// What the events are.
    public var name: String
    /// Lanes, at least 1.
    public var laneCount: Int
    /// When each event is [n].
    public var times: [Double]
    /// In which lane each is [n], from 0.
    public var lanes: [Int]

    /// Makes a raster.
    public init(name: String, laneCount: Int, times: [Double], lanes: [Int]) {
      self.name = name
      self.laneCount = laneCount
      self.times = times
      self.lanes = lanes
    }
  }

  /// Nodes at places and lines between them.
  public struct Network: Sendable, Equatable {
    /// A line from one node to another.
    public struct Edge: Sendable, Equatable {
      /// The node where it begins, from 0.
      public var source: Int
      /// The node where it ends.
      public var target: Int
      /// Drawn as width; below 0 in another colour.
      public var weight: Double

      /// Makes an edge.
      public init(from source: Int, to target: Int, weight: Double = 1) {
        self.source = source
        self.target = target
        self.weight = weight
      }
    }

    /// What it is.
    public var name: String
    /// Horizontal places of the nodes [n].
    public var x: [Double]
    /// Vertical places [n].
    public var y: [Double]
    /// What is written at the nodes [n]; empty: nothing.
    public var labels: [String]
    /// The lines between them.
    public var edges: [Edge]

    /// Makes a network.
    public init(name: String, x: [Double], y: [Double], labels: [String] = [], edges: [Edge] = []) {
      self.name = name
      self.x = x
      self.y = y
      self.labels = labels
      self.edges = edges
    }
  }
}
