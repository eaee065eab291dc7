/*
 * qhost.hpp: plugins in C++20. Classes and exceptions on this side, the C interface of qhost.h on the other.
 *
 *   class Mine {
 *    public:
 *     static qhost::about about() { return {"mine", "One sentence."}; }
 *     Mine(const qhost::request &request, const qhost_problem &problem);
 *     void ask(qhost_query &query);
 *     void tell(const qhost_answer &answer);
 *   };
 *   QHOST_PLUGIN("vendor", "mine", "0.1.0", "One sentence.", "Apache-2.0", qhost::optimizer<Mine>())
 *
 * Whatever an author's code throws is caught at the boundary and told to the host; qhost::error says
 * which status and kind it is, any other exception is QHOST_ERROR with its what().
 *
 * Reading order
 *   qhost/error.hpp      errors, and how they are caught
 *   qhost/structs.hpp    structs of older and newer hosts, shapes
 *   qhost/component.hpp  parameters, what a component says of itself, what its constructor receives
 *   qhost/optimizer.hpp, solver.hpp, model.hpp, dataset.hpp, target.hpp   what a class of each kind has
 *   qhost/plugin.hpp     the plugin and its entry
 */
#ifndef QHOST_HPP
#define QHOST_HPP

#include "qhost/dataset.hpp"
#include "qhost/model.hpp"
#include "qhost/optimizer.hpp"
#include "qhost/plugin.hpp"
#include "qhost/solver.hpp"
#include "qhost/target.hpp"

#endif
