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
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

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

	/** What is read, for who discards it closes it. */
	private final AtomicReference<@Nullable Content> content = new AtomicReference<>();

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
			Content made = new Content(
					new FixedContent(Files.newInputStream(file(), LinkOption.NOFOLLOW_LINKS), length()));
			this.content.set(made);
			return made;
		}
		catch (IOException ex) {
			discard();
			throw ex;
		}
	}

	/**
	 * Removes the file, and closes what is read of it.
	 */
	public void discard() {
		Content open = this.content.getAndSet(null);
		try {
			if (open != null) {
				open.close();
			}
		}
		catch (IOException ex) {
			// It was only read.
		}
		finally {
			this.file.run();
		}
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
