/**
 * Objects as bytes by Kryo, under the list and the limits of the core.
 */
@NullMarked
package dev.offload.codec.kryo;

import org.jspecify.annotations.NullMarked;
