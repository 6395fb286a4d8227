/**
 * What every type of executor must do, as one test that runs against each.
 */
@NullMarked
package dev.offload.contract;

import org.jspecify.annotations.NullMarked;
