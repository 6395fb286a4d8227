package dev.offload.jdbc;

/**
 * The result of a task in bytes.
 *
 * @param codec the name of the codec that wrote them
 * @param type the name of its class, for people
 * @param bytes the bytes; nobody changes them
 */
@SuppressWarnings("ArrayRecordComponent")
record EncodedResult(String codec, String type, byte[] bytes) {
}
