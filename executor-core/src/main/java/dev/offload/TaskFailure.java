package dev.offload;

/**
 * Why a task failed, as text.
 *
 * @param type the name of the class of its exception
 * @param message the message of its exception, empty if it had none
 * @param stack the stack trace of its exception with its causes, which may be cut
 */
public record TaskFailure(String type, String message, String stack) {
}
