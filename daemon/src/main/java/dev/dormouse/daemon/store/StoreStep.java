package dev.dormouse.daemon.store;

/** The changes that the store makes, each of them whole or not at all, between which the engine may be killed. */
public enum StoreStep {
    MAKE_FOLDER,
    RESERVE_NAME,
    WRITE_CONFIG,
    WRITE_STATE,
    RELEASE_NAME,
    MARK_REMOVING,
    DELETE_CONTENTS,
    DELETE_CONFIG,
    DELETE_FOLDER
}
