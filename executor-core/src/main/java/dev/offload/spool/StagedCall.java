package dev.offload.spool;

import java.util.List;

import dev.offload.Invocation;

/**
 * A call whose arguments that travel by reference are in files.
 */
public final class StagedCall {

	private final Invocation invocation;

	private final List<SpoolFile> files;

	StagedCall(Invocation invocation, List<SpoolFile> files) {
		this.invocation = invocation;
		this.files = List.copyOf(files);
	}

	/**
	 * The call, with references in the place of those arguments.
	 * @return what is to be encoded
	 */
	public Invocation invocation() {
		return this.invocation;
	}

	/**
	 * Removes the files. Further calls do nothing.
	 */
	public void release() {
		this.files.forEach(SpoolFile::run);
	}

}
