/**
 * Starts worker JVMs and brings them to an end: how this JVM was started, the command
 * line that makes another one see the same classes, the process, its output, how it died
 * and what it left behind.
 */
@NullMarked
package dev.offload.process;

import org.jspecify.annotations.NullMarked;
