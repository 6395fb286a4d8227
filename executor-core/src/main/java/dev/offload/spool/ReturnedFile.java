package dev.offload.spool;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.offload.codec.PayloadReference;
import dev.offload.spi.StreamedContent;

/**
 * The file of a result, which goes when its stream is closed, when it is discarded, or
 * when nobody has it any more. Safe for use by many threads.
 */
public final class ReturnedFile implements StreamedContent {

	private static final Cleaner cleaner = Cleaner.create();

	private final SpoolFile file;

	private final Map<String, String> attributes;

	private final AtomicBoolean opened = new AtomicBoolean();

	ReturnedFile(SpoolFile file, PayloadReference reference) {
		this.file = file;
		this.attributes = reference.attributes();
		cleaner.register(this, file);
	}

	@Override
	public Path file() {
		return this.file.path();
	}

	@Override
	public boolean isCopy() {
		return true;
	}

	@Override
	public boolean isReadOnce() {
		return true;
	}

	@Override
	public long length() {
		return this.file.length();
	}

	@Override
	public Map<String, String> attributes() {
		return this.attributes;
	}

	@Override
	public InputStream open() throws IOException {
		if (!this.opened.compareAndSet(false, true)) {
			throw new IOException("This result can be read only once");
		}
		try {
			return new Content(Files.newInputStream(file(), LinkOption.NOFOLLOW_LINKS));
		}
		catch (IOException ex) {
			discard();
			throw ex;
		}
	}

	/**
	 * Removes the file.
	 */
	public void discard() {
		this.file.run();
	}

	/**
	 * What is read; as long as somebody has it, the file is not dropped.
	 */
	private final class Content extends BufferedInputStream {

		Content(InputStream in) {
			super(in);
		}

		@Override
		public void close() throws IOException {
			try {
				super.close();
			}
			finally {
				discard();
				Reference.reachabilityFence(ReturnedFile.this);
			}
		}

	}

}
