package dev.dormouse.daemon.image;

class InMemoryLayersTest extends LayerStoreContract {
    private final InMemoryLayers layers = new InMemoryLayers();

    @Override
    LayerStore store() {
        return layers;
    }
}
