/**
 * Classes of the tests that are not the application's.
 */
package dev.offload.stranger;
