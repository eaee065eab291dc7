import AnomalyDetectors
import AntennaTilt
import BipartiteFunctions
import C99
import ClassicalOptimizers
import Compressors
import DriftingStreams
import EvolutionaryOptimizers
import ForeignFunctions
import LinkAdaptation
import MOS6502
import NLoptOptimizers
import NeuralModels
import ONNX
import QHostInterfaces
import QHostPluginTesting
import QuantumNeurons
import QuantumStates
import Reservoirs
import SchrodingerSolvers
import SeriesDatasets
import SpikingNeurons
import StandardDatasets
import SubBandAllocation
import Tunneling

/// The Swift types that the built libraries export: the one list of names in these tests.
enum InProcess {
  static let optimizers: [any (OptimizerComponent & SendableMetatype).Type] = [
    Adam.self, StochasticGradientDescent.self, GeneticAlgorithm.self, SimulatedAnnealing.self,
    RandomSearch.self, LatticeDescent.self, LeastSquares.self, CovarianceAdaptation.self,
    DifferentialEvolution.self,
    ParticleSwarm.self,
    NelderMead.self, COBYLA.self, Alternating.self, EvolutionStrategy.self,
    Tunneling.self, NoOptimizer.self,
  ]
  static let loopOptimizers: [any (LoopOptimizerComponent & SendableMetatype).Type] = [
    NLopt.self, NLoptGradient.self, ForeignOptimizer.self, ForeignGradientOptimizer.self,
  ]
  /// Those that know one model, and take no problem of another; their plugin tests them.
  static let wedded: [any (OptimizerComponent & SendableMetatype).Type] = [
    StochasticReconfiguration.self
  ]
  static let models: [any (ModelComponent & SendableMetatype).Type] = [
    Direct.self, Logistic.self, MLP.self, CNN.self, IntegerMLP.self, Subspace.self,
    CoordinateNet.self, QNN.self, Quantised.self, RandomDetector.self, WindowedGaussian.self,
    SubsequencePCA.self, PolynomialDetector.self, NoveltyDetector.self,
    SpikingNoveltyDetector.self, QuantumNeurons.self,
    Spiking.self, RBM.self, Reservoir.self, TeacherModel.self,
  ]
  /// The models whose gradients are by design not those of their outputs.
  static let surrogates: Set<String> = [
    Spiking.descriptor.name, Quantised.descriptor.name,
  ]
  static let datasets: [any (DatasetComponent & SendableMetatype).Type] = [
    Iris.self, Digits.self, MNIST.self, CSV.self, Drifting.self, Functions.self, TimeSeries.self,
    TemporalPatterns.self, MackeyGlass.self, NARMA.self, Anomaly.self, TruthTable.self,
    Command.self, Foreign.self, AntennaTilt.self, LinkAdaptation.self, SubBand.self,
    Bipartite.self, SpinChain.self,
  ]
  static let solvers: [any (SolverComponent & SendableMetatype).Type] = [
    FiniteDifference.self, SplitOperator.self, Mesoscopic.self, SignedParticle.self,
  ]
  static let targets: [any (TargetComponent & SendableMetatype).Type] = [
    MOS6502Target.self, C99Target.self, ONNXTarget.self, NIRTarget.self,
  ]

  /// What each says of itself, by kind.
  static let descriptors: [(kind: ComponentKind, descriptor: ComponentDescriptor)] =
    optimizers.map { (.optimizer, $0.descriptor) }
    + wedded.map { (.optimizer, $0.descriptor) }
    + loopOptimizers.map { (.optimizer, $0.descriptor) } + models.map { (.model, $0.descriptor) }
    + datasets.map { (.dataset, $0.descriptor) } + solvers.map { (.solver, $0.descriptor) }
    + targets.map { (.target, $0.descriptor) }

  /// Optimizers that train nothing, whatever they are given.
  static let untrained: Set = [NoOptimizer.descriptor.name]

  /// Models that learn while they run, take streams of values alone, and have no starts to tell apart; their plugin tests
  /// them.
  static let detectors = Set(
    models.filter { $0 is any DetectorModel.Type }.map { $0.descriptor.name })

  /// The optimizers that are nothing without the file of a library, or the model that they know; their plugin tests them.
  static let described: Set = [
    ForeignOptimizer.descriptor.name, ForeignGradientOptimizer.descriptor.name,
    StochasticReconfiguration.descriptor.name,
  ]

  /// The optimizers that need a library which this machine lacks.
  static let absent: Set<String> =
    (try? NLoptLibrary.ofSystem.get()) == nil
    ? [NLopt.descriptor.name, NLoptGradient.descriptor.name] : []
}
