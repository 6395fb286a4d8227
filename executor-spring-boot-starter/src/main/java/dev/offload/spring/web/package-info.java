/**
 * Failures of executors as answers of a web application.
 */
@NullMarked
package dev.offload.spring.web;

import org.jspecify.annotations.NullMarked;
