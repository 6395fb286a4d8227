package dev.offload.sample.document;

import java.io.Serial;

/**
 * Thrown when a document is not what it should be. That is the fault of the document, and
 * the worker that read it goes on. It is thrown in a worker, and arrives in the service
 * as it is.
 */
public class DocumentException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final Problem problem;

	/**
	 * Creates one.
	 * @param problem what is wrong
	 * @param message what is wrong, for the person who sent the document
	 */
	public DocumentException(Problem problem, String message) {
		super(message);
		this.problem = problem;
	}

	/**
	 * What is wrong.
	 * @return the problem
	 */
	public Problem problem() {
		return this.problem;
	}

	/**
	 * What can be wrong with a document.
	 */
	public enum Problem {

		/**
		 * There is nothing in it.
		 */
		EMPTY,

		/**
		 * It is something else.
		 */
		NOT_A_PDF,

		/**
		 * Its end is missing.
		 */
		TRUNCATED,

		/**
		 * It needs a password, or forbids what was asked for.
		 */
		ENCRYPTED,

		/**
		 * It is a PDF document that cannot be read.
		 */
		DAMAGED,

		/**
		 * It does not have the page asked for.
		 */
		NO_SUCH_PAGE

	}

}
