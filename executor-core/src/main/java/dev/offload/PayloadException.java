package dev.offload;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when an argument, a result or an exception cannot be sent, is over a limit, or
 * is of a class that is not admitted. It concerns this one task; its worker lives.
 */
public class PayloadException extends OffloadException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final Direction direction;

	private final @Nullable String path;

	private final @Nullable String type;

	/**
	 * Creates one.
	 * @param executor the name of the executor, {@code null} where it is not known
	 * @param direction which way the data went
	 * @param path the argument or field concerned, such as
	 * {@code argument 1.customer.lock}, {@code null} if it is not known
	 * @param type the class concerned, {@code null} if it is not known
	 * @param message what happened and what to do
	 * @param cause the cause, if there is one
	 */
	public PayloadException(@Nullable String executor, Direction direction, @Nullable String path,
			@Nullable String type, String message, @Nullable Throwable cause) {
		super(executor, message, cause);
		this.direction = direction;
		this.path = path;
		this.type = type;
	}

	/**
	 * Which way the data went.
	 * @return the direction
	 */
	public Direction direction() {
		return this.direction;
	}

	/**
	 * The argument or field concerned.
	 * @return its path, or {@code null} if it is not known
	 */
	public @Nullable String path() {
		return this.path;
	}

	/**
	 * The class concerned.
	 * @return its name, or {@code null} if it is not known
	 */
	public @Nullable String type() {
		return this.type;
	}

	/**
	 * The two ways of data.
	 */
	public enum Direction {

		/**
		 * From the service to the worker: tasks and arguments.
		 */
		TO_WORKER,

		/**
		 * From the worker to the service: results and exceptions.
		 */
		FROM_WORKER

	}

}
