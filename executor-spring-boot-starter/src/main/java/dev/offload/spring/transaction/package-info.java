/**
 * Calls of annotated methods from inside of a transaction. The only package that knows
 * Spring's transactions.
 */
@NullMarked
package dev.offload.spring.transaction;

import org.jspecify.annotations.NullMarked;
