package dev.offload;

import java.io.Serializable;

import org.jspecify.annotations.Nullable;

/**
 * What is done with each item of a {@linkplain OffloadExecutor#map batch}: usually a
 * lambda or a method reference, which travels once for each chunk of items. What it
 * captures must be serializable.
 *
 * @param <T> the type of the items, which must be serializable too
 * @param <R> the type of the results, which must be serializable too
 */
@FunctionalInterface
public interface ItemFunction<T extends @Nullable Object, R extends @Nullable Object> extends Serializable {

	/**
	 * Does it.
	 * @param item one item
	 * @return the result of that item
	 * @throws Exception any failure; it is that of this item and of no other
	 */
	R apply(T item) throws Exception;

}
