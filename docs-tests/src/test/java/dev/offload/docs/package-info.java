/**
 * Tests that what the documents say of tests is so.
 */
package dev.offload.docs;
