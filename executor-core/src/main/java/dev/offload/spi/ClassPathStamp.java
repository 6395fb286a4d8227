package dev.offload.spi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files of a class path as they were at one time: size and time of the last change of
 * each. Directories have no stamp, for a build may change them at any time.
 *
 * @param files the stamps by path, in the order of the class path
 */
public record ClassPathStamp(Map<String, FileStamp> files) {

	/**
	 * Looks at files.
	 * @param paths their paths; what is no file is left out
	 * @return what they are now
	 */
	public static ClassPathStamp of(Collection<String> paths) {
		Map<String, FileStamp> files = new LinkedHashMap<>();
		for (String path : paths) {
			try {
				BasicFileAttributes attributes = Files.readAttributes(Path.of(path), BasicFileAttributes.class);
				if (attributes.isRegularFile()) {
					files.put(path, new FileStamp(attributes.size(), attributes.lastModifiedTime().toMillis()));
				}
			}
			catch (IOException ex) {
				// A class path may name what is not there.
			}
		}
		return new ClassPathStamp(files);
	}

	/**
	 * What differs from this in a later stamp of the same class path.
	 * @param now the later stamp
	 * @return a sentence without its end for each file that was changed or is gone
	 */
	public List<String> changes(ClassPathStamp now) {
		List<String> changes = new ArrayList<>();
		this.files.forEach((path, before) -> {
			FileStamp after = now.files.get(path);
			if (!before.equals(after)) {
				changes.add(path + " was " + before.describe() + ", and is "
						+ ((after != null) ? after.describe() : "gone"));
			}
		});
		return changes;
	}

	/**
	 * A short form for comparing. It costs little at the start of a worker and is no
	 * protection against intent.
	 * @return the same for the same files
	 */
	public String digest() {
		long digest = 1;
		for (Map.Entry<String, FileStamp> file : this.files.entrySet()) {
			String path = file.getKey();
			for (int i = 0; i < path.length(); i++) {
				digest = 31 * digest + path.charAt(i);
			}
			digest = 1_000_003 * digest + file.getValue().size();
			digest = 1_000_003 * digest + file.getValue().modifiedMillis();
		}
		return Long.toHexString(digest);
	}

	/**
	 * One file.
	 *
	 * @param size its size in bytes
	 * @param modifiedMillis when it was changed last, in milliseconds since 1970
	 */
	public record FileStamp(long size, long modifiedMillis) {

		// For messages.
		private String describe() {
			return this.size + " bytes of " + Instant.ofEpochMilli(this.modifiedMillis);
		}

	}

}
