//! The tables of `qhost.h`, as `tests/layout.rs` compares them with `SDK/C/layout.golden`.
//!
//! What members mean, who owns what, and on which thread functions are called, is said in the headers.
#![allow(non_camel_case_types, missing_docs)]

use std::ffi::{c_char, c_void};

use crate::table::{Layout, Table};

/// How a call ended.
pub type qhost_status = i32;

pub const QHOST_ABI_MAJOR: u32 = 1;
pub const QHOST_ABI_MINOR: u32 = 2;
pub const QHOST_OK: i32 = 0;
pub const QHOST_WARNING: i32 = 1;
pub const QHOST_DISCARD: i32 = 2;
pub const QHOST_ERROR: i32 = 3;
pub const QHOST_FATAL: i32 = 4;
pub const QHOST_CANCELLED: i32 = 5;
pub const QHOST_UNSUPPORTED: i32 = 6;
pub const QHOST_ERROR_PLUGIN: i32 = 0;
pub const QHOST_ERROR_PARAMETER: i32 = 1;
pub const QHOST_ERROR_DATA: i32 = 2;
pub const QHOST_INTEGER: u32 = 1;
pub const QHOST_REAL: u32 = 2;
pub const QHOST_BOOLEAN: u32 = 3;
pub const QHOST_CHOICE: u32 = 4;
pub const QHOST_TEXT: u32 = 5;
pub const QHOST_PATH: u32 = 6;
pub const QHOST_INTEGER_LIST: u32 = 7;
pub const QHOST_REAL_LIST: u32 = 8;
pub const QHOST_REQUIRED: u32 = 1;
pub const QHOST_TUNABLE: u32 = 2;
pub const QHOST_LOGARITHMIC: u32 = 4;
pub const QHOST_MINIMUM_EXCLUSIVE: u32 = 8;
pub const QHOST_MAXIMUM_EXCLUSIVE: u32 = 16;
pub const QHOST_LOG_DEBUG: u32 = 0;
pub const QHOST_LOG_INFO: u32 = 1;
pub const QHOST_LOG_WARNING: u32 = 2;
pub const QHOST_LOG_ERROR: u32 = 3;
pub const QHOST_CAPABILITY_REQUIRED: u32 = 1;
pub const QHOST_KIND_OPTIMIZER: &str = "qhost.optimizer/1";
pub const QHOST_KIND_SOLVER: &str = "qhost.solver/1";
pub const QHOST_KIND_MODEL: &str = "qhost.model/1";
pub const QHOST_KIND_DATASET: &str = "qhost.dataset/1";
pub const QHOST_KIND_TARGET: &str = "qhost.target/1";
pub const QHOST_ELEMENT_FLOAT32: u32 = 1;
pub const QHOST_ELEMENT_INT8: u32 = 3;
pub const QHOST_ELEMENT_INT32: u32 = 6;
pub const QHOST_ELEMENT_INT64: u32 = 7;
pub const QHOST_ATTRIBUTE_INTEGERS: u32 = 1;
pub const QHOST_ATTRIBUTE_REALS: u32 = 2;
pub const QHOST_ATTRIBUTE_TEXT: u32 = 3;
pub const QHOST_TASK_CLASSIFICATION: u32 = 1;
pub const QHOST_TASK_REGRESSION: u32 = 2;
pub const QHOST_TASK_SCENARIO: u32 = 3;
pub const QHOST_MODEL_IDENTITY: u32 = 1;
pub const QHOST_MODEL_GRADIENT: u32 = 2;
pub const QHOST_MODEL_CUTS: u32 = 4;
pub const QHOST_MODEL_GRAPH: u32 = 8;
pub const QHOST_MODEL_CUT_CHANGES: u32 = 16;
pub const QHOST_MODEL_APPROXIMATION: u32 = 32;
pub const QHOST_QUERY_POINTS: u32 = 1;
pub const QHOST_QUERY_GRADIENT: u32 = 2;
pub const QHOST_QUERY_CUTS: u32 = 3;
pub const QHOST_QUERY_DONE: u32 = 4;
pub const QHOST_PARAMETER_REAL: u32 = 0;
pub const QHOST_PARAMETER_INTEGER: u32 = 1;
pub const QHOST_PARAMETER_CATEGORICAL: u32 = 2;
pub const QHOST_BATCH_SAME: u32 = 0;
pub const QHOST_BATCH_NEXT: u32 = 1;
pub const QHOST_BATCH_FULL: u32 = 2;
pub const QHOST_DRAWS_NEW: u32 = 0;
pub const QHOST_DRAWS_COMMON: u32 = 1;
pub const QHOST_DONE_CONVERGED: u32 = 1;
pub const QHOST_DONE_STALLED: u32 = 2;
pub const QHOST_DONE_SCHEDULE: u32 = 3;
pub const QHOST_EVOLVE_REAL: u32 = 0;
pub const QHOST_EVOLVE_IMAGINARY: u32 = 1;
pub const QHOST_EVOLVE_GROUND_STATE: u32 = 2;
pub const QHOST_GRID_LINE: u32 = 0;
pub const QHOST_LATTICE_CHAIN: u32 = 1;
pub const QHOST_LATTICE_COMPLETE: u32 = 2;
pub const QHOST_SPLIT_TRAIN: u32 = 0;
pub const QHOST_SPLIT_VALIDATION: u32 = 1;
pub const QHOST_SPLIT_TEST: u32 = 2;
pub const QHOST_SCALING_NONE: u32 = 0;
pub const QHOST_SCALING_STANDARDIZE: u32 = 1;
pub const QHOST_SCALING_MINMAX: u32 = 2;
pub const QHOST_DATASET_CUTS: u32 = 1;

tables! {
    // qhost/base.h
    struct qhost_error {
        struct_size: u32,
        kind: i32,
        capacity: u64,
        message: *mut c_char,
    }
    struct qhost_shape {
        struct_size: u32,
        rank: u32,
        extents: *const u64,
    }
    // qhost/parameter.h
    struct qhost_choice {
        struct_size: u32,
        reserved: u32,
        name: *const c_char,
        documentation: *const c_char,
    }
    struct qhost_parameter {
        struct_size: u32,
        r#type: u32,
        flags: u32,
        choice_count: u32,
        name: *const c_char,
        documentation: *const c_char,
        unit: *const c_char,
        default_value: *const c_char,
        minimum: f64,
        maximum: f64,
        choices: *const *const qhost_choice,
    }
    struct qhost_value {
        struct_size: u32,
        r#type: u32,
        integer: i64,
        real: f64,
        text: *const c_char,
        count: u64,
        integers: *const i64,
        reals: *const f64,
    }
    // qhost/host.h
    struct qhost_host {
        struct_size: u32,
        abi_major: u32,
        abi_minor: u32,
        thread_count: u32,
        context: *mut c_void,
        version: *const c_char,
        log: Option<unsafe extern "C" fn(*const qhost_host, u32, *const c_char)>,
        progress: Option<unsafe extern "C" fn(*const qhost_host, f64, *const c_char)>,
        is_cancelled: Option<unsafe extern "C" fn(*const qhost_host) -> i32>,
        random_bits: Option<unsafe extern "C" fn(*const qhost_host, u64, u64, u64, *mut u64)>,
        random_uniform: Option<unsafe extern "C" fn(*const qhost_host, u64, u64, u64, *mut f64)>,
        random_normal: Option<unsafe extern "C" fn(*const qhost_host, u64, u64, u64, *mut f64)>,
        parallel_for: Option<unsafe extern "C" fn(*const qhost_host, u64, *mut c_void, extern "C" fn(*mut c_void, u64))>,
        allocate: Option<unsafe extern "C" fn(*const qhost_host, u64) -> *mut c_void>,
        deallocate: Option<unsafe extern "C" fn(*const qhost_host, *mut c_void)>,
        clock_nanoseconds: Option<unsafe extern "C" fn(*const qhost_host) -> u64>,
        locate_data: Option<unsafe extern "C" fn(*const qhost_host, *const c_char, *mut c_char, u64, *mut qhost_error) -> qhost_status>,
        capability: Option<unsafe extern "C" fn(*const qhost_host, *const c_char) -> *const c_void>,
    }
    // qhost/plugin.h
    struct qhost_dependency {
        struct_size: u32,
        reserved: u32,
        name: *const c_char,
        kind: *const c_char,
        default_component: *const c_char,
        documentation: *const c_char,
    }
    struct qhost_capability {
        struct_size: u32,
        flags: u32,
        id: *const c_char,
        table: *const c_void,
    }
    struct qhost_component {
        struct_size: u32,
        parameter_count: u32,
        dependency_count: u32,
        reserved: u32,
        kind: *const c_char,
        name: *const c_char,
        summary: *const c_char,
        source: *const c_char,
        parameters: *const *const qhost_parameter,
        dependencies: *const *const qhost_dependency,
        table: *const c_void,
        context: *mut c_void,
        capability_count: u64,
        capabilities: *const *const qhost_capability,
    }
    struct qhost_resolved {
        struct_size: u32,
        reserved: u32,
        name: *const c_char,
        component: *const c_char,
        table: *const c_void,
        instance: *mut c_void,
    }
    struct qhost_request {
        struct_size: u32,
        value_count: u32,
        component: *const qhost_component,
        host: *const qhost_host,
        values: *const *const qhost_value,
        dependency_count: u32,
        reserved: u32,
        dependencies: *const *const qhost_resolved,
    }
    struct qhost_plugin {
        struct_size: u32,
        abi_major: u32,
        abi_minor: u32,
        component_count: u32,
        vendor: *const c_char,
        name: *const c_char,
        version: *const c_char,
        summary: *const c_char,
        licence: *const c_char,
        components: *const *const qhost_component,
    }
    // qhost/graph.h
    struct qhost_tensor {
        struct_size: u32,
        element: u32,
        name: *const c_char,
        shape: *const qhost_shape,
        data: *const c_void,
    }
    struct qhost_attribute {
        struct_size: u32,
        r#type: u32,
        name: *const c_char,
        count: u64,
        integers: *const i64,
        reals: *const f64,
        text: *const c_char,
    }
    struct qhost_node {
        struct_size: u32,
        input_count: u32,
        output_count: u32,
        attribute_count: u32,
        name: *const c_char,
        operation: *const c_char,
        inputs: *const *const c_char,
        outputs: *const *const c_char,
        attributes: *const *const qhost_attribute,
    }
    struct qhost_graph {
        struct_size: u32,
        node_count: u32,
        constant_count: u32,
        reserved: u32,
        input: *const c_char,
        output: *const c_char,
        input_shape: *const qhost_shape,
        output_shape: *const qhost_shape,
        nodes: *const *const qhost_node,
        constants: *const *const qhost_tensor,
    }
    struct qhost_calibration {
        struct_size: u32,
        target_width: u32,
        row_count: u64,
        inputs: *const f32,
        targets: *const f32,
    }
    // qhost/model.h
    struct qhost_mapping {
        struct_size: u32,
        task: u32,
        input: *const qhost_shape,
        output: *const qhost_shape,
        output_lower: *const f64,
        output_upper: *const f64,
        output_kinds: *const u32,
    }
    struct qhost_parameter_block {
        struct_size: u32,
        reserved: u32,
        name: *const c_char,
        shape: *const qhost_shape,
        offset: u64,
    }
    struct qhost_model_description {
        struct_size: u32,
        flags: u32,
        parameter_count: u64,
        kinds: *const u32,
        lower: *const f64,
        upper: *const f64,
        scales: *const f64,
        multiply_adds: u64,
        gradient_cost: f64,
        block_count: u64,
        blocks: *const *const qhost_parameter_block,
        row_work: f64,
        pass_work: f64,
        gradient_row_work: f64,
        gradient_pass_work: f64,
    }
    struct qhost_changes {
        struct_size: u32,
        reserved: u32,
        stride: u64,
        row_counts: *mut u64,
        rows: *mut u32,
        outputs: *mut f32,
        multiply_adds: u64,
        work: f64,
    }
    struct qhost_model {
        struct_size: u32,
        reserved: u32,
        create: Option<unsafe extern "C" fn(*const qhost_request, *const qhost_mapping, *mut *mut c_void, *mut qhost_error) -> qhost_status>,
        destroy: Option<unsafe extern "C" fn(*mut c_void)>,
        describe: Option<unsafe extern "C" fn(*mut c_void) -> *const qhost_model_description>,
        initialise: Option<unsafe extern "C" fn(*mut c_void, u64, *mut f64, *mut qhost_error) -> qhost_status>,
        open: Option<unsafe extern "C" fn(*mut c_void, *mut *mut c_void, *mut qhost_error) -> qhost_status>,
        close: Option<unsafe extern "C" fn(*mut c_void)>,
        bind: Option<unsafe extern "C" fn(*mut c_void, *const f32, u64, *mut qhost_error) -> qhost_status>,
        forward: Option<unsafe extern "C" fn(*mut c_void, *const f64, u64, *mut f32, *mut qhost_error) -> qhost_status>,
        backward: Option<unsafe extern "C" fn(*mut c_void, *const f32, *mut f64, *mut qhost_error) -> qhost_status>,
        cut_open: Option<unsafe extern "C" fn(*mut c_void, *const f64, *mut qhost_error) -> qhost_status>,
        cut: Option<unsafe extern "C" fn(*mut c_void, u64, *const f64, u64, *mut f32, *mut qhost_error) -> qhost_status>,
        cut_move: Option<unsafe extern "C" fn(*mut c_void, u64, f64, *mut qhost_error) -> qhost_status>,
        cut_cost: Option<unsafe extern "C" fn(*mut c_void, u64) -> f64>,
        graph: Option<unsafe extern "C" fn(*mut c_void, *const f64, *mut *const qhost_graph, *mut qhost_error) -> qhost_status>,
        cut_changes: Option<unsafe extern "C" fn(*mut c_void, u64, *const f64, u64, *mut qhost_changes, *mut qhost_error) -> qhost_status>,
        move_changes: Option<unsafe extern "C" fn(*mut c_void, u64, f64, *mut qhost_changes, *mut qhost_error) -> qhost_status>,
        approximate: Option<unsafe extern "C" fn(*mut c_void, *const qhost_graph, *const qhost_calibration, *mut f64, *mut qhost_error) -> qhost_status>,
        cut_work: Option<unsafe extern "C" fn(*mut c_void, u64, u64, u64) -> f64>,
    }
    // qhost/optimizer.h
    struct qhost_problem {
        struct_size: u32,
        queries: u32,
        dimension: u64,
        kinds: *const u32,
        lower: *const f64,
        upper: *const f64,
        initial: *const f64,
        scales: *const f64,
        row_count: u64,
        batch_rows: u64,
        fast_cuts: u32,
        has_violations: u32,
        objective_count: u64,
        block_count: u64,
        blocks: *const *const qhost_parameter_block,
    }
    struct qhost_query {
        struct_size: u32,
        kind: u32,
        batch: u32,
        reason: u32,
        point_count: u64,
        points: *const f64,
        base: *const f64,
        move_count: u64,
        move_indices: *const u64,
        move_deltas: *const f64,
        cut_count: u64,
        cut_indices: *const u64,
        offset_count: u64,
        offsets: *const f64,
        draws: u32,
        reserved: u32,
        noise: f64,
    }
    struct qhost_answer {
        struct_size: u32,
        kind: u32,
        loss_count: u64,
        losses: *const f64,
        gradient: *const f64,
        progress: f64,
        violations: *const f64,
        infeasible_above: f64,
        infeasible_rise: f64,
        objective_count: u64,
        objectives: *const f64,
        plain_losses: *const f64,
    }
    struct qhost_writer {
        struct_size: u32,
        reserved: u32,
        context: *mut c_void,
        write: Option<unsafe extern "C" fn(*const qhost_writer, *const c_void, u64)>,
    }
    struct qhost_objective {
        struct_size: u32,
        reserved: u32,
        context: *mut c_void,
        evaluate: Option<unsafe extern "C" fn(*const qhost_objective, *const qhost_query, *mut qhost_answer) -> qhost_status>,
    }
    struct qhost_optimizer {
        struct_size: u32,
        required_queries: u32,
        preferred_batch_rows: u64,
        create: Option<unsafe extern "C" fn(*const qhost_request, *const qhost_problem, *mut *mut c_void, *mut qhost_error) -> qhost_status>,
        destroy: Option<unsafe extern "C" fn(*mut c_void)>,
        ask: Option<unsafe extern "C" fn(*mut c_void, *mut qhost_query, *mut qhost_error) -> qhost_status>,
        tell: Option<unsafe extern "C" fn(*mut c_void, *const qhost_answer, *mut qhost_error) -> qhost_status>,
        recommend: Option<unsafe extern "C" fn(*mut c_void, *mut f64, *mut qhost_error) -> qhost_status>,
        save: Option<unsafe extern "C" fn(*mut c_void, *const qhost_writer, *mut qhost_error) -> qhost_status>,
        load: Option<unsafe extern "C" fn(*mut c_void, *const c_void, u64, *mut qhost_error) -> qhost_status>,
        run: Option<unsafe extern "C" fn(*mut c_void, *const qhost_objective, *mut qhost_error) -> qhost_status>,
    }
    // qhost/solver.h
    struct qhost_packets {
        struct_size: u32,
        mode: u32,
        topology: u32,
        reserved: u32,
        packet_count: u64,
        grid_count: u64,
        origin: f64,
        spacing: f64,
        hbar: f64,
        time: f64,
        steps: u64,
        masses: *const f64,
        potentials: *const f64,
        real: *mut f64,
        imaginary: *mut f64,
        densities: *mut f64,
        means: *mut f64,
        second_moments: *mut f64,
        energies: *mut f64,
        norms: *mut f64,
    }
    struct qhost_solver {
        struct_size: u32,
        modes: u32,
        topologies: u32,
        reserved: u32,
        create: Option<unsafe extern "C" fn(*const qhost_request, *mut *mut c_void, *mut qhost_error) -> qhost_status>,
        destroy: Option<unsafe extern "C" fn(*mut c_void)>,
        evolve: Option<unsafe extern "C" fn(*mut c_void, *const qhost_packets, *mut qhost_error) -> qhost_status>,
    }
    // qhost/dataset.h
    struct qhost_resource {
        struct_size: u32,
        reserved: u32,
        path: *const c_char,
        url: *const c_char,
        sha256: *const c_char,
        bytes: u64,
    }
    struct qhost_dataset_description {
        struct_size: u32,
        task: u32,
        scaling: u32,
        flags: u32,
        metric_count: u32,
        reserved: u32,
        train_rows: u64,
        validation_rows: u64,
        test_rows: u64,
        target_width: u64,
        input: *const qhost_shape,
        output: *const qhost_shape,
        feature_names: *const *const c_char,
        output_names: *const *const c_char,
        metric_names: *const *const c_char,
        output_lower: *const f64,
        output_upper: *const f64,
        best_known_loss: f64,
        source: *const c_char,
        variant_count: u64,
    }
    struct qhost_dataset {
        struct_size: u32,
        resource_count: u32,
        resources: *const *const qhost_resource,
        create: Option<unsafe extern "C" fn(*const qhost_request, *mut *mut c_void, *mut qhost_error) -> qhost_status>,
        destroy: Option<unsafe extern "C" fn(*mut c_void)>,
        describe: Option<unsafe extern "C" fn(*mut c_void) -> *const qhost_dataset_description>,
        read: Option<unsafe extern "C" fn(*mut c_void, u32, *const u64, u64, *mut f32, *mut f32, *mut qhost_error) -> qhost_status>,
        score: Option<unsafe extern "C" fn(*mut c_void, u32, *const u64, u64, *const f64, u64, *mut f64, *mut qhost_error) -> qhost_status>,
        metrics: Option<unsafe extern "C" fn(*mut c_void, u32, *const u64, u64, *const f64, *mut f64, *mut qhost_error) -> qhost_status>,
        cut_open: Option<unsafe extern "C" fn(*mut c_void, u32, u64, *const f64, *mut *mut c_void, *mut qhost_error) -> qhost_status>,
        cut_close: Option<unsafe extern "C" fn(*mut c_void)>,
        cut: Option<unsafe extern "C" fn(*mut c_void, u64, *const f64, u64, *mut f64, *mut qhost_error) -> qhost_status>,
        cut_move: Option<unsafe extern "C" fn(*mut c_void, u64, f64, *mut qhost_error) -> qhost_status>,
        cut_cost: Option<unsafe extern "C" fn(*mut c_void) -> f64>,
        read_variants: Option<unsafe extern "C" fn(*mut c_void, *const u64, *const u64, u64, *mut f32, *mut qhost_error) -> qhost_status>,
    }
    // qhost/target.h
    struct qhost_artifact_sink {
        struct_size: u32,
        reserved: u32,
        context: *mut c_void,
        artifact: Option<unsafe extern "C" fn(*const qhost_artifact_sink, *const c_char, *const c_void, u64) -> qhost_status>,
        figure: Option<unsafe extern "C" fn(*const qhost_artifact_sink, *const c_char, f64, *const c_char)>,
    }
    struct qhost_execution_cost {
        struct_size: u32,
        reserved: u32,
        cycles_minimum: f64,
        cycles_mean: f64,
        cycles_maximum: f64,
        milliseconds_mean: f64,
    }
    struct qhost_target {
        struct_size: u32,
        reserved: u32,
        create: Option<unsafe extern "C" fn(*const qhost_request, *mut *mut c_void, *mut qhost_error) -> qhost_status>,
        destroy: Option<unsafe extern "C" fn(*mut c_void)>,
        compile: Option<unsafe extern "C" fn(*mut c_void, *const qhost_graph, *const qhost_calibration, *const qhost_artifact_sink, *mut qhost_error) -> qhost_status>,
        execute: Option<unsafe extern "C" fn(*mut c_void, *const f32, u64, *mut f32, *mut qhost_execution_cost, *mut qhost_error) -> qhost_status>,
    }
}
